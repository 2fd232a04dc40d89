import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CodeFailure } from '../sandbox.errors.js';
import { ProcessSandbox } from './process-sandbox.js';

/** What must never be seen: in the environment and in a file of the server. */
const CANARY = 'canary-7d1f4c-of-the-host';

/**
 * Ways out that were published for sandboxes of JavaScript (vm, vm2, isolated-vm, SES, QuickJS hosts, n8n, Node-RED, Flowise): each is an
 * expression. `PATH` is a file of the host, `URL` a server of it. A way that is closed throws or gives nothing of the host.
 */
const JAVASCRIPT = [
  'this.constructor.constructor("return process")().env',
  'globalThis.constructor.constructor("return process")().mainModule.require("child_process").execSync("cat PATH").toString()',
  'Function("return process")().env',
  '(async () => {}).constructor("return process.env")()',
  '(function* () {}).constructor("return process.env")().next().value',
  '(async function* () {}).constructor("return process")().next()',
  'new Function("return this")().process.env',
  '[].filter.constructor("return process.env")()',
  '"".sub.constructor("return globalThis.process.env")()',
  'eval("process.env")',
  '(0, eval)("this").process.env',
  'require("fs").readFileSync("PATH", "utf8")',
  'process.binding("fs")',
  'process.mainModule.require("fs").readFileSync("PATH", "utf8")',
  'module.constructor._load("fs").readFileSync("PATH", "utf8")',
  'import("fs").then((fs) => fs.readFileSync("PATH", "utf8"))',
  'import("node:child_process").then((c) => c.execSync("cat PATH").toString())',
  'import("PATH")',
  'fetch("URL").then((r) => r.text())',
  'new XMLHttpRequest().open("GET", "URL")',
  'new WebSocket("URL")',
  'new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))',
  'new SharedArrayBuffer(8)',
  'new Worker("PATH")',
  'std.open("PATH", "r").readAsString()',
  'os.exec(["cat", "PATH"])',
  'std.getenv("CANARY")',
  'std.loadFile("PATH")',
  'Deno.readTextFileSync("PATH")',
  'Bun.file("PATH").text()',
  // vm2: host errors and their stacks (CVE-2023-29017, CVE-2023-30547, CVE-2023-32314, CVE-2023-37466).
  '(() => { Error.prepareStackTrace = (_, frames) => frames; const f = new Error().stack; return f[0].getThis().process.env })()',
  '(() => { try { (function f() { f() })() } catch (e) { return e.constructor.constructor("return process")().env } })()',
  '(() => { try { null.x } catch (e) { return e.constructor.constructor("return process")().env } })()',
  '(() => { const e = new Error(); e.name = Symbol(); try { e.stack } catch (h) { return h.constructor.constructor("return process")().env } })()',
  '(async () => { const e = new Error(); e.name = Symbol(); return e.stack })().catch((e) => e.constructor.constructor("return process")().env)',
  '(() => { const p = new Proxy(class {}, { get(_, k) { throw { get constructor() { return Function("return process")() } } } }); try { return p.x } catch (e) { return e.constructor.env } })()',
  // The bridge: functions that came from the host.
  'console.log.constructor("return process")().env',
  'setTimeout.constructor("return process")().env',
  'console.log.caller.caller.arguments[0].constructor.constructor("return process")()',
  'setTimeout("process.env", 0).constructor.constructor("return process")()',
  'Object.getPrototypeOf(console.log).constructor("return process")().env',
  'Reflect.ownKeys(globalThis).map((k) => globalThis[k]).filter((f) => typeof f === "function").map((f) => { try { return f.constructor("return process")().env } catch { return 0 } })',
  '(() => { Array.prototype.push = function (x) { globalThis.stolen = x }; console.log("x"); return stolen && stolen.constructor.constructor("return process")().env })()',
  '(() => { Object.defineProperty(Object.prototype, "then", { get() { return Function("return process")().env } }); return {} })()',
  '(() => { JSON.stringify = () => "{\\"process\\":1}"; return Function("return process.env")() })()',
  '__proto__.polluted = Function("return process")().env',
  'new ShadowRealm().evaluate("process.env")',
  'new FinalizationRegistry((x) => x).register.constructor("return process")().env',
];

/** The same for Python (CPython jails, RestrictedPython, smolagents, Pyodide in servers: CVE-2025-68668 of n8n, Grist's of 2026). */
const PYTHON = [
  'import os; r = dict(os.environ)',
  'import os; r = os.listdir("/proc/self")',
  'import os; r = os.popen("cat PATH").read()',
  'import os; r = os.system("cat PATH")',
  'import os; r = os.fork()',
  'import os; os.execv("/bin/cat", ["cat", "PATH"])',
  'import os; r = os.open("PATH", os.O_RDONLY)',
  'r = open("PATH").read()',
  'r = open("/etc/passwd").read()',
  'import pathlib; r = pathlib.Path("PATH").read_text()',
  'import io; r = io.FileIO("PATH").read()',
  'import linecache; r = linecache.getlines("PATH")',
  'import subprocess; r = subprocess.check_output(["cat", "PATH"]).decode()',
  'import multiprocessing; p = multiprocessing.Process(target=print); p.start(); r = p.pid',
  'import socket; s = socket.create_connection(("127.0.0.1", PORT), 2); s.sendall(b"GET / HTTP/1.0\\r\\n\\r\\n"); r = s.recv(99)',
  'import urllib.request; r = urllib.request.urlopen("URL").read()',
  'import http.client; c = http.client.HTTPConnection("127.0.0.1", PORT); c.request("GET", "/"); r = c.getresponse().read()',
  'import asyncio; r = asyncio.run(asyncio.open_connection("127.0.0.1", PORT))',
  'import ctypes; r = ctypes.CDLL(None).system(b"cat PATH")',
  'import ctypes; r = ctypes.CDLL(None).emscripten_run_script_string(b"JSON.stringify(process.env)")',
  'import _ctypes; r = _ctypes.dlopen("PATH", 0)',
  'import js; r = js.process.env',
  'import js; r = js.eval("process.env")',
  'from js import fetch; r = fetch("URL")',
  'import pyodide_js; r = pyodide_js.constructor.constructor("return process.env")()',
  'import pyodide; r = pyodide.code.run_js("process.env")',
  'from pyodide.code import run_js; r = run_js("process")',
  'from pyodide.ffi import to_js, create_proxy; r = to_js({}).constructor.constructor("return process.env")()',
  'from pyodide.http import open_url; r = open_url("URL").read()',
  'import _pyodide_core; r = str(_pyodide_core.raw_call)',
  'import importlib; r = importlib.import_module("js").process',
  'import sys; r = [f.find_spec("js", None) for f in sys.meta_path if hasattr(f, "find_spec")][-1].loader.create_module(None)',
  'import sys; r = [v for k, v in sys.modules.items() if "js" in k.split(".")][0].process',
  'import gc; r = [o.constructor.constructor("return process")().env for o in gc.get_objects() if type(o).__name__ == "JsProxy"][0]',
  'import gc\nfor o in gc.get_objects():\n  if "Js" in type(o).__name__:\n    for n in dir(o):\n      try: r = getattr(o, n).constructor.constructor("return process.env")()\n      except Exception: pass',
  'r = [c for c in ().__class__.__base__.__subclasses__() if c.__name__ == "Popen"][0](["cat", "PATH"])',
  'r = [c for c in ().__class__.__base__.__subclasses__() if c.__name__ == "BuiltinImporter"][0]().load_module("posix").system("cat PATH")',
  'r = [c for c in object.__subclasses__() if "JsProxy" in c.__name__ or "JsDoubleProxy" in c.__name__][0]().constructor',
  'r = (lambda: 0).__globals__["__builtins__"]["__import__"]("os").environ["CANARY"]',
  'r = print.__self__.__import__("posix").environ[b"CANARY"].decode()',
  'import sys; f = sys._getframe()\nwhile f.f_back: f = f.f_back\nr = {k: str(v)[:200] for k, v in f.f_globals.items() if "canary" in str(v)}',
  'import inspect; r = [str(f.frame.f_globals.get("__host__")) for f in inspect.stack() if "process" in f.frame.f_globals]',
  'import code; code.interact(local={})',
  'import pty; pty.spawn("/bin/sh")',
  'import webbrowser; r = webbrowser.open("URL")',
  'import pickle; r = pickle.loads(b"cposix\\nsystem\\n(S\'cat PATH\'\\ntR.")',
  'import mmap; r = mmap.mmap(-1, 1 << 30)',
  'import signal; r = signal.raise_signal(signal.SIGKILL)',
  'import resource; r = resource.getrlimit(0)',
  'import faulthandler; faulthandler._sigsegv()',
  'import micropip; r = micropip.install("x")',
  '().__class__.__base__.__subclasses__; exec(compile("import os; r = os.environ[\'CANARY\']", "x", "exec"), globals())',
  'def gen(): yield 1\nr = gen().gi_frame.f_back',
  'try: raise Exception\nexcept Exception as e: r = e.__traceback__.tb_frame.f_back.f_back.f_globals["CANARY"]',
];

describe('ways out of the sandbox', () => {
  let sandbox: ProcessSandbox;
  let directory: string;
  let server: Server;
  let requests = 0;

  beforeAll(async () => {
    process.env.CANARY = CANARY;
    directory = mkdtempSync(join(tmpdir(), 'baya-escape-'));
    writeFileSync(join(directory, 'secret.txt'), CANARY);
    server = createServer((_, response) => {
      requests += 1;
      response.end(CANARY);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    sandbox = new ProcessSandbox({ limits: { timeoutMs: 10_000, memoryBytes: 128 * 1024 * 1024 } });
    await sandbox.warm();
  }, 120_000);
  afterAll(async () => {
    delete process.env.CANARY;
    await sandbox.close();
    server.close();
    rmSync(directory, { recursive: true, force: true });
  });

  const filled = (text: string): string => {
    const { port } = server.address() as AddressInfo;
    return text
      .replaceAll('PATH', join(directory, 'secret.txt'))
      .replaceAll('URL', `http://127.0.0.1:${String(port)}/`)
      .replaceAll('PORT', String(port));
  };
  /** All that the caller gets to see of a run. */
  const seenOf = async (language: 'javascript' | 'python3', code: string): Promise<string> => {
    try {
      const { json, stdout } = await sandbox.run({ language, code, inputs: {} });
      return json + stdout;
    } catch (error) {
      if (!(error instanceof CodeFailure)) throw error;
      return `${error.message} ${error.stdout ?? ''}`;
    }
  };

  it.each(JAVASCRIPT)('should stay closed to JavaScript: %s', async (expression) => {
    const code = `async function main() { const r = await (${filled(expression)}); return { r: typeof r === 'object' && r !== null ? Object.keys(r).concat(JSON.stringify(r) ?? '') : String(r), process: typeof process, require: String(globalThis.require).includes('native') } }`;
    const seen = await seenOf('javascript', code);

    expect(seen).not.toContain(CANARY);
    expect(seen).not.toContain('"process":"object"');
    expect(requests).toBe(0);
  });

  it.each(PYTHON)('should stay closed to Python: %s', async (statement) => {
    const body = filled(statement)
      .split('\n')
      .map((line) => `  ${line}`)
      .join('\n');
    const seen = await seenOf('python3', `def main():\n  r = None\n${body}\n  return {"r": str(r)}`);

    expect(seen).not.toContain(CANARY);
    expect(seen).not.toMatch(/\bHOME=|\/usr\/|root:x:0/);
    expect(requests).toBe(0);
    expect(readdirSync(directory)).toEqual(['secret.txt']);
    expect(readFileSync(join(directory, 'secret.txt'), 'utf8')).toBe(CANARY);
  });

  it('should still run what is harmless afterwards', async () => {
    expect((await sandbox.run({ language: 'python3', code: 'def main(): return {"n": len("abc")}', inputs: {} })).value).toEqual({ n: 3 });
    expect((await sandbox.run({ language: 'javascript', code: 'const main = () => ({ n: [1, 2].length })', inputs: {} })).value).toEqual({
      n: 2,
    });
  });

  it('should let the worker processes see no environment, no files but their own, no network', async () => {
    const protections = await sandbox.protections();
    for (const pid of [...sandbox.workerPids('python3'), ...sandbox.workerPids('javascript')]) {
      const environment = readFileSync(`/proc/${String(pid)}/environ`, 'utf8');
      expect(environment).not.toContain(CANARY);
      // Node's own channel to its parent is all there is.
      expect(environment.split('\0').filter((entry) => entry !== '' && !entry.startsWith('NODE_CHANNEL_'))).toEqual([]);
      expect(readFileSync(`/proc/${String(pid)}/cmdline`, 'utf8')).toMatch(/--(experimental-)?permission/);
      if (!protections.network) continue;
      // Names of interfaces: none but a loopback that is down.
      const routes = readFileSync(`/proc/${String(pid)}/net/route`, 'utf8')
        .trim()
        .split('\n');
      expect(routes).toHaveLength(1);
    }
  });
});

describe('one run after the other', () => {
  let sandbox: ProcessSandbox;

  beforeAll(async () => {
    sandbox = new ProcessSandbox({ maxWorkers: { python3: 1, javascript: 1 } });
    await sandbox.warm();
  }, 120_000);
  afterAll(() => sandbox.close());

  const python = (code: string) => sandbox.run({ language: 'python3', code, inputs: {} });
  const javascript = (code: string) => sandbox.run({ language: 'javascript', code, inputs: {} });

  it.each([
    ['a builtin', 'import builtins; builtins.len = lambda x: 42', 'len("abc")', 3],
    ['a module', 'import json; json.dumps = lambda *a, **k: "{}"', '__import__("json").dumps([1])', '[1]'],
    ['a module attribute', 'import sys; sys.left = 1', 'hasattr(__import__("sys"), "left")', false],
    ['a new module', 'import sys, types; sys.modules["left"] = types.ModuleType("left")', '"left" in __import__("sys").modules', false],
    ['a global', 'global left; left = 1', '"left" in globals()', false],
    ['the recursion limit', 'import sys; sys.setrecursionlimit(50)', '__import__("sys").getrecursionlimit() > 50', true],
    ['the decimal context', 'import decimal; decimal.getcontext().prec = 3', '__import__("decimal").getcontext().prec', 28],
    ['an exit handler', 'import atexit; atexit.register(print, "left")', '1', 1],
    ['a trace function', 'import sys; sys.settrace(lambda *a: (_ for _ in ()).throw(SystemExit))', '1', 1],
    ['a file', 'try:\n    open("/tmp/left", "w").write("x")\n  except OSError: pass', '__import__("os").path.exists("/tmp/left")', false],
    ['the directory', 'import os; os.chdir("/tmp")', '__import__("os").getcwd() == "/tmp"', false],
    ['a warning filter', 'import warnings; warnings.simplefilter("error")', '"error" in str(__import__("warnings").filters[0])', false],
  ])('should see nothing of %s that an earlier one of Python changed', async (_, change, expression, expected) => {
    await python(`def main():\n  ${change}\n  return {}`).catch(() => undefined);
    const { value, stdout } = await python(`def main():\n  return {"seen": ${expression}}`);
    expect(value).toEqual({ seen: expected });
    expect(stdout).toBe('');
  });

  it('should not give two runs of Python the same random numbers or hashes', async () => {
    const ask = async () => (await python('import random\ndef main(): return {"r": random.random(), "h": hash("x")}')).json;
    expect(await ask()).not.toBe(await ask());
  });

  it.each([
    ['Array.prototype.push = () => 42', '[].push(1)', 1],
    ['JSON.stringify = () => "{}"', 'JSON.stringify([1])', '[1]'],
    ['globalThis.left = 1', 'typeof left', 'undefined'],
    ['Object.prototype.left = 1', '({}).left ?? null', null],
    ['console.log = () => { throw 1 }', 'typeof console.log', 'function'],
  ])('should see nothing of an earlier one of JavaScript: %s', async (change, expression, expected) => {
    await javascript(`function main() { ${change}; return {} }`).catch(() => undefined);
    expect((await javascript(`function main() { return { seen: ${expression} } }`)).value).toEqual({ seen: expected });
  });
});
