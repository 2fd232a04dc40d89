import type { StartedProcess } from './processes.mjs';

export interface RunningBaya {
  base: string;
  port: number;
  dataDir: string;
  child: StartedProcess;
  pid: number;
  startedAt: number;
  readyMs: number;
  firstContact(): { api: string; docs: string; key: string | null; curl: string } | null;
  counter(name: string): Promise<number | null>;
  stop(): Promise<void>;
  kill(): Promise<void>;
  remove(): void;
}
export function temporaryDirectory(): string;
export function statusOf(url: string, options?: { timeoutMs?: number; headers?: Record<string, string> }): Promise<number>;
export function startBaya(options?: {
  dataDir?: string;
  env?: Record<string, string | undefined>;
  nodeArgs?: string[];
  port?: number;
  timeoutMs?: number;
}): Promise<RunningBaya>;
export function startMock(options?: {
  chunks?: number;
  delayMs?: number;
}): Promise<{ base: string; pid: number; stop(): Promise<void>; stats(): Promise<Record<string, number>> }>;
