import { setTimeout as sleep } from 'node:timers/promises';
import { startProcess, type TestProcess } from '../../support/processes.js';

export const ME = 'account:me';

export interface Ledger {
  id: string;
  state: string;
  outcome: string | null;
  reason: string | null;
  owner: string;
  fence: number;
}

/** Processes of a file, ended after each test. */
export class Processes {
  private readonly started: TestProcess[] = [];

  async start(env: Record<string, string>): Promise<TestProcess> {
    const child = await startProcess(new URL('./run-process.ts', import.meta.url), env);
    this.started.push(child);
    return child;
  }

  async endAll(): Promise<void> {
    await Promise.all(this.started.splice(0).map((child) => child.end('SIGKILL')));
  }
}

/** The ledger rows of runs, in the order of their ids. */
export function ledgerOf(reader: TestProcess, ids: readonly string[]): Promise<Ledger[]> {
  return reader.call('rows', 'select id, state, outcome, reason, owner, fence from app_runs where id = any($1) order by id', [ids]);
}

/** Asks again until the answer satisfies; gives up with the last answer after a deadline. */
export async function until<T>(ask: () => Promise<T>, isRight: (value: T) => boolean, deadlineMs = 40_000): Promise<T> {
  const end = Date.now() + deadlineMs;
  for (;;) {
    const value = await ask();
    if (isRight(value) || Date.now() > end) return value;
    await sleep(100);
  }
}
