import { PYTHON_RUNNER } from './python-runner.js';
import type { PythonMachine } from './python-wall.js';

const decoder = new TextDecoder();

/** The parts of Pyodide that are used, before the wall is closed and for resetting after. */
export interface Pyodide {
  runPython(code: string): unknown;
  FS: { chdir(path: string): void; streams: unknown[]; closeStream(fd: number): void; ErrnoError: new (code: number) => Error };
}

/**
 * Calls Python's side of the bridge through the C API, text in and text out, and sets the whole memory of the interpreter back to how it was
 * when the bridge was made.
 */
export class PythonBridge {
  private readonly runner: number;
  private readonly base: Uint8Array;
  private readonly stackTop: number;

  constructor(
    private readonly pyodide: Pyodide,
    private readonly machine: PythonMachine,
  ) {
    pyodide.runPython(PYTHON_RUNNER);
    this.runner = this.find('_baya_run');
    pyodide.runPython('del _baya_run; import gc; gc.collect()');
    this.stackTop = this.call('emscripten_stack_get_current');
    this.base = this.memory.slice();
  }

  /** Bytes of memory by which the interpreter has grown beyond its base; they can't be given back. */
  get growth(): number {
    return this.machine.memory.buffer.byteLength - this.base.length;
  }

  /** One request, one answer. Throws when the interpreter broke: then it is of no use any more. */
  run(request: string): string {
    const argument = this.makeString(request);
    const result = this.call('PyObject_CallOneArg', this.runner, argument);
    if (result === 0) throw new Error('The runner inside the interpreter failed');
    return this.readString(result);
  }

  /** Takes back all that a run did: memory as a whole, open files, the working directory. */
  reset(): void {
    const { memory } = this;
    memory.set(this.base);
    if (memory.length > this.base.length) memory.fill(0, this.base.length);
    this.call('_emscripten_stack_restore', this.stackTop);
    const { FS } = this.pyodide;
    FS.streams.forEach((stream, fd) => {
      if (stream && fd > 2) FS.closeStream(fd);
    });
    FS.chdir('/');
  }

  private get memory(): Uint8Array {
    return new Uint8Array(this.machine.memory.buffer);
  }

  private call(name: string, ...args: number[]): number {
    const callee = this.machine.functions[name];
    if (!callee) throw new Error(`Pyodide has no ${name}`);
    return callee(...args);
  }

  /** A function of the main module, with a reference of ours so that it stays. */
  private find(name: string): number {
    const [mainName] = this.write('__main__');
    const [functionName] = this.write(name);
    const found = this.call('PyDict_GetItemString', this.call('PyModule_GetDict', this.call('PyImport_AddModule', mainName)), functionName);
    if (found === 0) throw new Error(`There is no ${name}`);
    this.call('Py_IncRef', found);
    return found;
  }

  private makeString(text: string): number {
    const [pointer, length] = this.write(text);
    const made = this.call('PyUnicode_FromStringAndSize', pointer, length);
    this.call('free', pointer);
    if (made === 0) throw new Error('The interpreter has no room for the request');
    return made;
  }

  private write(text: string): [pointer: number, length: number] {
    const bytes = Buffer.from(text, 'utf8');
    const pointer = this.call('malloc', bytes.length + 1) >>> 0;
    if (pointer === 0) throw new Error('The interpreter has no room for the request');
    this.memory.set(bytes, pointer);
    this.memory[pointer + bytes.length] = 0;
    return [pointer, bytes.length];
  }

  private readString(object: number): string {
    const sizeAt = this.call('malloc', 4) >>> 0;
    const pointer = this.call('PyUnicode_AsUTF8AndSize', object, sizeAt) >>> 0;
    if (sizeAt === 0 || pointer === 0) throw new Error('The runner inside the interpreter gave no text');
    const size = new DataView(this.machine.memory.buffer).getUint32(sizeAt, true);
    return decoder.decode(this.memory.subarray(pointer, pointer + size));
  }
}
