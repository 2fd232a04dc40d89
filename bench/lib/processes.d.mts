import type { ChildProcess } from 'node:child_process';

export interface StartedProcess extends ChildProcess {
  output(): string;
  ended: Promise<number | null>;
}
export function start(
  command: string,
  args: readonly string[],
  options?: { env?: Record<string, string | undefined>; cwd?: string; uid?: number; gid?: number },
): StartedProcess;
export function stop(child: StartedProcess, options?: { signal?: NodeJS.Signals; graceMs?: number }): Promise<void>;
export function freePort(): Promise<number>;
export function until<T>(
  condition: () => T | Promise<T>,
  what: string,
  options?: { timeoutMs?: number; everyMs?: number; child?: StartedProcess },
): Promise<NonNullable<T>>;
export function isAlive(pid: number): boolean;
export function treeOf(pid: number): number[];
