// Loads what `scripts/bundle.mjs` made, which copies this file beside it. V8 compiles each chunk once: what it compiled is kept and read again
// at later starts, which spares them two thirds of their processor time (ADR 17). Node does so by itself from 22 on, and not for ESM in 20.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Script } from 'node:vm';

/** Names that a chunk finds beside the globals; `importModule` stands for `import`, which scripts may use only with a warning of Node's. */
const NAMES = 'exports, require, module, __filename, __dirname, importModule';
const importModule = (specifier) => import(specifier);
/** Size of a SHA-256 digest. */
const DIGEST_BYTES = 32;
/** By then a server has run what a start runs, so that it is kept as well. Unit: milliseconds. */
const KEEP_AFTER_MS = 5000;

// As from Node 21 on. Where it is missing, `pg` finds out where it runs by loading `fetch`, which takes as long as loading `pg`.
globalThis.navigator ??= { userAgent: `Node.js/${process.versions.node.split('.')[0]}` };

/** Loads the chunks of one bundle, each once. */
class ChunkLoader {
  #directory;
  #kept;
  /** Exports by name. */
  #modules = new Map();
  /** Those that V8 had to compile, by name. */
  #compiled = new Map();

  constructor(directory, program) {
    this.#directory = directory;
    this.#kept = join(directory, 'compiled', keptName(directory, program));
  }

  load(name) {
    const known = this.#modules.get(name);
    if (known) return known.exports;
    const module = { exports: {} };
    this.#modules.set(name, module);
    const filename = join(this.#directory, name);
    const native = createRequire(filename);
    const require = (id) => (id.startsWith('./') ? this.load(id.slice(2)) : native(id));
    try {
      this.#compile(name, filename)(module.exports, require, module, filename, this.#directory, importModule);
    } catch (error) {
      // As in Node: who asks again gets the error again, or the chunk, and not half of it.
      this.#modules.delete(name);
      throw error;
    }
    readFast(module.exports);
    return module.exports;
  }

  /** Keeps what was compiled in this process; where the directory can't be written, the next start compiles again. */
  keep() {
    if (this.#compiled.size === 0) return;
    try {
      mkdirSync(this.#kept, { recursive: true });
      for (const [name, script] of this.#compiled) writeKept(join(this.#kept, name), script.createCachedData());
    } catch {
      // A directory that belongs to somebody else, or a full disk: nothing depends on it.
    }
    this.#compiled.clear();
  }

  #compile(name, filename) {
    const cachedData = readKept(join(this.#kept, name));
    const source = readFileSync(filename, 'utf8');
    const script = new Script(`(function (${NAMES}) { 'use strict'; ${source}\n})`, { filename, cachedData });
    if (cachedData === undefined || script.cachedDataRejected) this.#compiled.set(name, script);
    return script.runInThisContext();
  }
}

/** Runs a program of the bundle, by the name of its entry chunk. What V8 compiled is kept some seconds later, or when the process ends before that. */
export function start(program) {
  const loader = new ChunkLoader(import.meta.dirname, program);
  setTimeout(() => loader.keep(), KEEP_AFTER_MS).unref();
  process.on('exit', () => loader.keep());
  loader.load(`${program}.cjs`);
}

/** V8 keeps the getters of a prototype at hand, and looks for those of other objects each time: ten times as long. Chunks read each other's exports while they serve. */
function readFast(exports) {
  Object.create(exports);
}

/**
 * V8 reads only what was compiled from the same text, by the same version, under the same flags. It compares the length of the text, not the text.
 * Programs keep theirs apart: of a chunk that both have, one that ran before compiled only what it called itself.
 */
function keptName(directory, program) {
  const build = readFileSync(join(directory, 'build-id'), 'utf8');
  // A debugger's address is none of V8's business, and another one each time.
  const flags = [...process.execArgv.filter((flag) => !flag.startsWith('--inspect')), process.env.NODE_OPTIONS ?? ''].join(' ');
  return createHash('sha256').update([program, build, process.version, process.arch, flags].join('\n')).digest('hex').slice(0, 16);
}

const digestOf = (data) => createHash('sha256').update(data).digest();

/** Undefined for what is not there, or not whole: V8 does not check it, and would crash. */
function readKept(path) {
  try {
    const content = readFileSync(path);
    const data = content.subarray(DIGEST_BYTES);
    return digestOf(data).equals(content.subarray(0, DIGEST_BYTES)) ? data : undefined;
  } catch {
    return undefined;
  }
}

/** Another process reads the whole file or none. */
function writeKept(path, data) {
  const temporary = `${path}.${String(process.pid)}`;
  try {
    writeFileSync(temporary, Buffer.concat([digestOf(data), data]));
    renameSync(temporary, path);
  } catch (error) {
    // On a full disk each start would leave one more.
    rmSync(temporary, { force: true });
    throw error;
  }
}
