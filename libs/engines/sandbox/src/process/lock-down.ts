import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import type { WorkerProgram } from './worker-program.js';

/** What keeps a worker process in, beside the interpreter's own walls. */
export interface Protections {
  /** Node's permission model: no file but the program's own, no process, no native code. */
  permissions: boolean;
  /** A network namespace of its own, with no interface in it. */
  network: boolean;
  /** Another user than ours. */
  user: boolean;
  /** The system ends it when we end, however that happens; gains no rights by running other programs. */
  endsWithParent: boolean;
  /** No file can grow by it, no core is dumped. */
  resourceLimits: boolean;
}

/** How a worker is started. */
export interface LockDown {
  /** Stands before the command: programs that narrow the process and then become the next. */
  prefix: string[];
  protections: Protections;
}

const run = promisify(execFile);
/** The user and group `nobody` of most systems; it needs no entry. */
const NOBODY = '65534';
const PROBE_DEADLINE_MS = 10_000;
const PROBE = 'for (const path of process.argv.slice(1)) require("fs").accessSync(path, 4)';

/** What this machine offers to lock a worker down, strongest first; each is tried by starting Node through it. */
export async function findLockDown(programs: readonly WorkerProgram[]): Promise<LockDown> {
  const paths = programs.flatMap(({ path, directories }) => [path, ...directories]);
  for (const candidate of candidates()) {
    if (candidate.prefix.length === 0 || (await works(candidate.prefix, paths))) return candidate;
  }
  throw new Error('The last candidate has no prefix');
}

/** The flags of Node that close files, processes and native code to the worker. */
export function permissionFlags(program: WorkerProgram): string[] {
  const flag = process.allowedNodeEnvironmentFlags.has('--permission') ? '--permission' : '--experimental-permission';
  return [flag, '--no-warnings', ...program.directories.map((directory) => `--allow-fs-read=${directory}`)];
}

function candidates(): LockDown[] {
  const [unshare, prlimit, setpriv] = ['unshare', 'prlimit', 'setpriv'].map(findTool);
  const isRoot = process.getuid?.() === 0;
  const network = unshare === undefined ? undefined : [unshare, ...(isRoot ? [] : ['--user']), '--net', '--ipc', '--'];
  const limits = prlimit === undefined ? undefined : [prlimit, '--fsize=0', '--core=0', '--nofile=256', '--'];
  const drop = isRoot ? ['--reuid', NOBODY, '--regid', NOBODY, '--clear-groups', '--bounding-set=-all', '--inh-caps=-all'] : [];
  const rights = (dropsUser: boolean): string[] | undefined =>
    setpriv === undefined ? undefined : [setpriv, '--no-new-privs', '--pdeathsig', 'KILL', ...(dropsUser ? drop : []), '--'];
  const combine = (withNetwork: boolean, dropsUser: boolean): LockDown => ({
    prefix: [withNetwork && network ? network : [], limits ?? [], rights(dropsUser) ?? []].flat(),
    protections: {
      permissions: true,
      network: withNetwork && network !== undefined,
      user: dropsUser && isRoot && setpriv !== undefined,
      endsWithParent: setpriv !== undefined,
      resourceLimits: limits !== undefined,
    },
  });
  const none: Protections = { permissions: true, network: false, user: false, endsWithParent: false, resourceLimits: false };
  return [combine(true, true), combine(true, false), combine(false, true), combine(false, false), { prefix: [], protections: none }];
}

async function works(prefix: readonly string[], paths: readonly string[]): Promise<boolean> {
  const [command, ...args] = [...prefix, process.execPath, '-e', PROBE, '--', ...paths] as [string, ...string[]];
  try {
    await run(command, args, { env: {}, timeout: PROBE_DEADLINE_MS });
    return true;
  } catch {
    return false;
  }
}

function findTool(name: string): string | undefined {
  return ['/usr/bin', '/bin', '/usr/sbin', '/sbin'].map((directory) => `${directory}/${name}`).find((path) => existsSync(path));
}
