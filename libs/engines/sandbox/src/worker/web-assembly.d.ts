/** What of WebAssembly is used here: the types of Node have none, and the DOM's would bring a browser along. */
declare namespace WebAssembly {
  interface MemoryDescriptor {
    initial: number;
    maximum?: number;
  }
  class Memory {
    constructor(descriptor: MemoryDescriptor);
    readonly buffer: ArrayBuffer;
  }
  interface Module {
    readonly [Symbol.toStringTag]: string;
  }
  const Module: new (bytes: Uint8Array) => Module;
  interface Instance {
    readonly exports: Record<string, unknown>;
  }
  /** `instance` is there when bytes were given, not a module. */
  interface WebAssemblyInstantiatedSource {
    readonly instance?: Instance;
  }
  function instantiate(source: unknown, imports?: Record<string, Record<string, unknown>>): Promise<WebAssemblyInstantiatedSource>;
}
