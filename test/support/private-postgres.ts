import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const services = fileURLToPath(new URL('../../scripts/services.sh', import.meta.url));

/** Whether a PostgreSQL of its own can be started, for tests that stop or freeze it. */
export const canStartPostgres = existsSync('/usr/lib/postgresql');

/** A PostgreSQL (and a Redis, where installed) that belongs to one test file. */
export interface PrivateServices {
  databaseUrl: string;
  redisUrl: string | undefined;
  /** Freezes the server and all of its backends: connections stay, nothing answers. */
  freeze(): void;
  thaw(): void;
  stop(): void;
}

/** Starts private servers on free ports. */
export function startPrivateServices(): PrivateServices {
  const state = join(mkdtempSync(join(tmpdir(), 'baya-services-')), 'state');
  execFileSync('chmod', ['755', join(state, '..')]);
  const env = { ...process.env, BAYA_SERVICES: state };
  const lines = execFileSync('bash', [services, 'start'], { env, encoding: 'utf8' });
  const read = (name: string) => new RegExp(`^${name}=(.*)$`, 'm').exec(lines)?.[1];
  const signal = (name: 'SIGSTOP' | 'SIGCONT'): void => {
    const postmaster = Number(readFileSync(join(state, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);
    // The server first, so that it makes no new backends while the others are being frozen.
    for (const pid of [postmaster, ...childrenOf(postmaster)]) signalIfAlive(pid, name);
  };
  return {
    databaseUrl: read('TEST_DATABASE_URL') ?? '',
    redisUrl: read('TEST_REDIS_URL'),
    freeze: () => signal('SIGSTOP'),
    thaw: () => signal('SIGCONT'),
    stop: () => {
      signal('SIGCONT');
      execFileSync('bash', [services, 'stop'], { env });
      rmSync(join(state, '..'), { recursive: true, force: true });
    },
  };
}

/** A backend may end between being listed and being signalled. */
function signalIfAlive(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
        return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === parent;
      } catch {
        return false;
      }
    });
}
