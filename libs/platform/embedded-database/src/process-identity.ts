import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A process that can be told from a later one with the same number. */
export interface ProcessIdentity {
  /** Process number. */
  pid: number;
  /** When it started, in the system's own words; null where the system does not tell. */
  startedAt: string | null;
}

/** Identity of a process that lives now, or null when there is none with this number. */
export function identifyProcess(pid: number): ProcessIdentity | null {
  return isAlive(pid) ? { pid, startedAt: startTimeOf(pid) } : null;
}

/** Whether exactly this process still lives: same number and same start. */
export function isSameProcessAlive(identity: ProcessIdentity): boolean {
  const now = identifyProcess(identity.pid);
  return now !== null && (now.startedAt === null || identity.startedAt === null || now.startedAt === identity.startedAt);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  // A zombie has ended; only its parent has not noticed yet.
  return linuxStat(pid)?.state !== 'Z';
}

function startTimeOf(pid: number): string | null {
  if (process.platform === 'linux') {
    const stat = linuxStat(pid);
    return stat === null ? null : `${readText('/proc/sys/kernel/random/boot_id')?.trim() ?? ''}:${stat.startTicks}`;
  }
  if (process.platform === 'win32') return null;
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || null;
  } catch {
    // No `ps`, or the process ended meanwhile: the number alone has to do.
    return null;
  }
}

/** Fields 3 (state) and 22 (start, in ticks since boot) of /proc/<pid>/stat; the name before them may hold blanks and parentheses. */
function linuxStat(pid: number): { state: string; startTicks: string } | null {
  const stat = readText(`/proc/${String(pid)}/stat`);
  if (stat === null) return null;
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return { state: fields[0] ?? '', startTicks: fields[19] ?? '' };
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
