import { PythonWall } from './python-wall.js';

/** The smallest module there is: `\\0asm` and the version. */
const EMPTY_MODULE = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);

describe('PythonWall', () => {
  const { instantiate, Memory } = WebAssembly;

  afterEach(() => {
    Object.assign(WebAssembly, { instantiate, Memory });
  });

  it('should let a module in that imports nothing, as Pyodide has one from Node 22 on', async () => {
    PythonWall.putUp(64 * 1024 * 1024);

    const { instance } = await WebAssembly.instantiate(EMPTY_MODULE);

    expect(instance?.exports).toEqual({});
  });
});
