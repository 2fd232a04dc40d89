/** Thrown through the interpreter when the code asked for what leads out of it. */
export class WallBreach extends Error {
  constructor(readonly door: string) {
    super(`The code reached for the host (${door}).`);
  }
}

/** Thrown through the interpreter when the code ended it (`os._exit`, `os.abort`). */
export class InterpreterEnded extends Error {
  constructor() {
    super('The code ended the interpreter.');
  }
}

/** What the wall lets the code see of the run. */
export interface WallRun {
  /** Called now and then while Python runs: true makes it raise KeyboardInterrupt. */
  shouldInterrupt(): boolean;
  /** Waits; called by `select` and thus by `time.sleep`. */
  pause(milliseconds: number): void;
  /** Called before a file is opened, by its absolute or relative path. */
  beforeOpen(path: string): void;
}

type Imports = Record<string, Record<string, unknown>>;
type Door = (...args: number[]) => unknown;

/** The interpreter below Pyodide: the functions of its C API, and the memory in which all of it lives. */
export interface PythonMachine {
  functions: Readonly<Record<string, ((...args: number[]) => number) | undefined>>;
  memory: WebAssembly.Memory;
}

const EACCES = 2;
const EROFS = 69;
const ENOSYS = 52;
const EAI_FAIL = -4;
const MICROSECONDS = 1000;
const PAGE = 65_536;
const LARGEST_WASM32 = 65_536;
const WRITE_FLAGS = 0o1 | 0o2 | 0o100 | 0o1000 | 0o2000;
/** They keep nothing. */
const WRITABLE_DEVICES = new Set(['/dev/null', '/dev/stdout', '/dev/stderr']);

/** What Python needs of its surroundings: clocks, randomness, its own in-memory files for reading, calls within its own code. */
const OPEN_DOORS = new Set([
  '_PyEM_TrampolineCall_JS',
  '_PyEM_GetCountArgsPtr',
  '__call_sighandler',
  'emscripten_date_now',
  'emscripten_get_now',
  'emscripten_get_heap_max',
  'emscripten_resize_heap',
  '_tzset_js',
  '_localtime_js',
  '_gmtime_js',
  '_mktime_js',
  '_timegm_js',
  'clock_res_get',
  'clock_time_get',
  'random_get',
  'environ_get',
  'environ_sizes_get',
  'fd_close',
  'fd_read',
  'fd_write',
  'fd_seek',
  'fd_pread',
  'fd_sync',
  'fd_fdstat_get',
  '__syscall_fcntl64',
  '__syscall_ioctl',
  '__syscall_faccessat',
  '__syscall_chdir',
  '__syscall_fchdir',
  '__syscall_dup',
  '__syscall_dup3',
  '__syscall_fstat64',
  '__syscall_stat64',
  '__syscall_newfstatat',
  '__syscall_lstat64',
  '__syscall_getcwd',
  '__syscall_getdents64',
  '__syscall_readlinkat',
  '__syscall_statfs64',
  '__syscall_fstatfs64',
  '__syscall_fadvise64',
  '__syscall_fdatasync',
  '__syscall_poll',
]);

/** Doors that answer with an error instead: the code gets an exception and goes on. */
const REFUSALS = new Map<string, number>([
  ...[
    '__syscall_chmod',
    '__syscall_fchmod',
    '__syscall_fchmodat2',
    '__syscall_fchown32',
    '__syscall_fchownat',
    '__syscall_ftruncate64',
    '__syscall_truncate64',
    '__syscall_fallocate',
    '__syscall_mkdirat',
    '__syscall_mknodat',
    '__syscall_unlinkat',
    '__syscall_rmdir',
    '__syscall_renameat',
    '__syscall_symlinkat',
    '__syscall_utimensat',
  ].map((name): [string, number] => [name, -EROFS]),
  ...[
    'socket',
    'bind',
    'connect',
    'listen',
    'accept4',
    'getpeername',
    'getsockname',
    'getsockopt',
    'recvfrom',
    'recvmsg',
    'sendmsg',
    'sendto',
  ].map((name): [string, number] => [`__syscall_${name}`, -EACCES]),
  ['fd_pwrite', EROFS],
  ['__syscall_pipe', -ENOSYS],
  ['_mmap_js', -ENOSYS],
  ['_munmap_js', -ENOSYS],
  ['_msync_js', -ENOSYS],
  ['_emscripten_system', -ENOSYS],
  ['_setitimer_js', -1],
  ['_dlopen_js', 0],
  ['_dlsym_js', 0],
  ['getaddrinfo', EAI_FAIL],
  ['getnameinfo', EAI_FAIL],
  ['getprotobyname', 0],
  ['_emscripten_lookup_name', 0],
  ['_Py_emscripten_runtime', 0],
  ['can_run_sync_js', 0],
]);

const ENDINGS = new Set(['exit', 'proc_exit', '_abort_js', '__assert_fail']);

/**
 * The wall around Pyodide. Its WebAssembly can do to the host only what its imports offer; Pyodide's own offer all of JavaScript. Once
 * closed, the wall passes a short list of harmless ones and stops any other, so a Python object that stands for a JavaScript one is inert.
 * Must be put up before Pyodide is loaded.
 */
export class PythonWall {
  private isClosed = false;
  private run: WallRun | null = null;
  private loaded: PythonMachine | null = null;

  static putUp(memoryBytes: number): PythonWall {
    const wall = new PythonWall();
    capMemory(Math.floor(memoryBytes / PAGE));
    const { instantiate } = WebAssembly;
    // From Node 22 on Pyodide also loads a little module that imports nothing.
    const walled = async (source: unknown, imports?: Imports): Promise<WebAssembly.WebAssemblyInstantiatedSource> => {
      if (imports?.env) wall.wrapAll(imports.env);
      const made = await instantiate(source, imports);
      const functions = made.instance?.exports as PythonMachine['functions'] | undefined;
      if (functions?.PyImport_AddModule) wall.loaded = { functions, memory: imports?.env?.memory as WebAssembly.Memory };
      return made;
    };
    Object.assign(WebAssembly, { instantiate: walled });
    return wall;
  }

  /** The interpreter, to be called without any object of Pyodide between. */
  get machine(): PythonMachine {
    if (!this.loaded) throw new Error('Pyodide has not been loaded');
    return this.loaded;
  }

  /** Ends the time of loading; there is no way back. */
  close(): void {
    this.isClosed = true;
  }

  /** Says which run looks through the wall from now on. */
  enter(run: WallRun): void {
    this.run = run;
  }

  private wrapAll(group: Record<string, unknown>): void {
    for (const [name, door] of Object.entries(group)) {
      if (typeof door !== 'function') continue;
      // Emscripten reads `sig` and the like off its functions.
      group[name] = Object.assign(this.wrap(name, door as Door), door);
    }
  }

  private wrap(name: string, door: Door): Door {
    if (OPEN_DOORS.has(name)) return door;
    const guarded = this.guard(name, door);
    return (...args) => (this.isClosed ? guarded(...args) : door(...args));
  }

  private guard(name: string, door: Door): Door {
    const refusal = REFUSALS.get(name);
    if (refusal !== undefined) return () => refusal;
    if (name === '_Py_CheckEmscriptenSignals_Helper') return () => (this.run?.shouldInterrupt() ? 2 : 0);
    if (name === '__syscall__newselect') return (...args) => this.select(args[4] ?? 0);
    if (name === '__syscall_openat') return (...args) => this.open(door, args);
    return () => {
      throw ENDINGS.has(name) ? new InterpreterEnded() : new WallBreach(name);
    };
  }

  private open(door: Door, args: number[]): unknown {
    const [, pointer = 0, flags = 0] = args;
    const path = this.textAt(pointer);
    if ((flags & WRITE_FLAGS) !== 0 && !WRITABLE_DEVICES.has(path)) return -EROFS;
    this.run?.beforeOpen(path);
    return door(...args);
  }

  private select(timeval: number): number {
    if (timeval === 0) return 0;
    const view = new DataView(this.machine.memory.buffer);
    const at = timeval >>> 0;
    this.run?.pause(view.getInt32(at, true) * 1000 + view.getInt32(at + 4, true) / MICROSECONDS);
    return 0;
  }

  private textAt(pointer: number): string {
    const memory = new Uint8Array(this.machine.memory.buffer);
    const start = pointer >>> 0;
    return Buffer.from(memory.subarray(start, memory.indexOf(0, start))).toString('utf8');
  }
}

/** Pyodide asks for 4 GiB at most; a lower maximum makes `malloc` fail, which Python turns into MemoryError. */
function capMemory(pages: number): void {
  const { Memory } = WebAssembly;
  Object.assign(WebAssembly, {
    Memory: class extends Memory {
      constructor(descriptor: WebAssembly.MemoryDescriptor) {
        super(descriptor.maximum === LARGEST_WASM32 ? { ...descriptor, maximum: Math.max(pages, descriptor.initial) } : descriptor);
      }
    },
  });
}
