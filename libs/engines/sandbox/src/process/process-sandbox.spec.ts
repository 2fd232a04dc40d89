import { PyFloat, parsePythonJson } from '#common';
import type { CodeRequest, CodeResult } from '../code-sandbox.port.js';
import { CodeFailure } from '../sandbox.errors.js';
import { ProcessSandbox } from './process-sandbox.js';

const TIMEOUT_MS = 4000;

describe('ProcessSandbox', () => {
  let sandbox: ProcessSandbox;

  beforeAll(async () => {
    sandbox = new ProcessSandbox({ limits: { timeoutMs: TIMEOUT_MS, memoryBytes: 96 * 1024 * 1024 } });
    await sandbox.warm();
  }, 120_000);

  afterAll(() => sandbox.close());

  const python = (code: string, inputs: CodeRequest['inputs'] = {}): Promise<CodeResult> =>
    sandbox.run({ language: 'python3', code, inputs });
  const javascript = (code: string, inputs: CodeRequest['inputs'] = {}): Promise<CodeResult> =>
    sandbox.run({ language: 'javascript', code, inputs });
  const failureOf = async (run: Promise<CodeResult>): Promise<CodeFailure> => {
    const end = await run.then(
      (result) => result,
      (error: unknown) => error,
    );
    if (!(end instanceof CodeFailure)) throw new Error(`expected a failure, got ${JSON.stringify(end)}`);
    return end;
  };

  describe('results', () => {
    it('should call main of Python with the inputs by name', async () => {
      const result = await python(
        'def main(q: str, n) -> dict:\n    print("hi")\n    return {"s": q.upper(), "n": n + 1, "l": ["ü", None, True]}',
        {
          q: 'abc',
          n: 1,
        },
      );

      expect(result).toEqual({
        json: '{"s": "ABC", "n": 2, "l": ["ü", null, true]}',
        value: { s: 'ABC', n: 2, l: ['ü', null, true] },
        stdout: 'hi\n',
      });
    });

    it('should call main of JavaScript with one object, and wait for a promise and for timers', async () => {
      const code =
        'async function main({ q }) { await new Promise((go) => setTimeout(go, 5)); console.log("a", { b: 1 }); return { s: q + "!" } }';

      expect(await javascript(code, { q: 'abc' })).toEqual({ json: '{"s":"abc!"}', value: { s: 'abc!' }, stdout: 'a {"b":1}\n' });
    });

    it('should take a main that is a constant', async () => {
      expect((await javascript('const main = ({ a }) => ({ a })', { a: [1] })).value).toEqual({ a: [1] });
    });

    it('should keep floats and integers of Python apart, both ways', async () => {
      const { json } = await python('def main(i, f):\n    return {"i": type(i).__name__, "f": type(f).__name__, "x": f, "big": 2**60}', {
        i: 1,
        f: new PyFloat(1),
      });

      expect(json).toBe('{"i": "int", "f": "float", "x": 1.0, "big": 1152921504606846976}');
      expect(parsePythonJson(json, { bigIntegers: true })).toEqual({ i: 'int', f: 'float', x: new PyFloat(1), big: 2n ** 60n });
    });

    it('should turn texts in scientific notation into floats', async () => {
      expect((await javascript('function main() { return { a: ["1e+5", "1e5", "-2.5E-3"] } }')).json).toBe(
        '{"a": [100000.0, "1e5", -0.0025]}',
      );
    });

    it('should return whatever JSON value main gave', async () => {
      expect((await javascript('function main() { return [1, "a"] }')).value).toEqual([1, 'a']);
      expect((await python('def main(): return None')).value).toBeNull();
    });

    it('should tell the time and know time zones', async () => {
      const code =
        'import datetime, zoneinfo\ndef main():\n    now = datetime.datetime.now(datetime.timezone.utc)\n    return {"t": now.timestamp(), "local": datetime.datetime.now().timestamp()}';
      const { value } = await python(code);

      const { t, local } = value as { t: number; local: number };
      expect(Math.abs(t - Date.now() / 1000)).toBeLessThan(60);
      expect(Math.abs(local - t)).toBeLessThan(60);
    });

    it('should run asyncio and wait with time.sleep', async () => {
      const code =
        'import asyncio, time\nasync def f():\n    await asyncio.sleep(0.01)\n    return 7\ndef main():\n    start = time.monotonic()\n    time.sleep(0.02)\n    return {"n": asyncio.run(f()), "waited": time.monotonic() - start >= 0.02}';

      expect((await python(code)).value).toEqual({ n: 7, waited: true });
    });

    it.each(
      'json re datetime time math random base64 hashlib hmac itertools functools collections string uuid urllib.parse statistics decimal fractions csv io os sys copy typing dataclasses enum textwrap html html.parser unicodedata difflib calendar operator heapq bisect struct binascii zlib gzip secrets traceback types abc contextlib string email.utils xml.etree.ElementTree pathlib tempfile locale numbers inspect ast logging pprint queue threading asyncio concurrent.futures http.client urllib.request socket glob shutil pickle configparser argparse'.split(
        ' ',
      ),
    )('should import %s', async (name) => {
      expect((await python(`import ${name}\ndef main(): return {"ok": True}`)).value).toEqual({ ok: true });
    });
  });

  describe('failures of the code', () => {
    it('should show the traceback of an exception as Python prints it, with the line', async () => {
      const failure = await failureOf(python('def main(q):\n    raise ValueError("boom " + q)', { q: 'abc' }));

      expect(failure).toMatchObject({
        errorType: 'CodeExecutionError',
        reason: 'exception',
        exceptionType: 'ValueError',
        exceptionMessage: 'boom abc',
        line: 2,
        message: 'Traceback (most recent call last):\n  File "<string>", line 2, in main\nValueError: boom abc',
      });
    });

    it('should show a syntax error of Python with its place', async () => {
      const failure = await failureOf(python('def main(q)\n  return 1'));

      expect(failure).toMatchObject({ reason: 'syntax', line: 1, exceptionType: 'SyntaxError' });
      expect(failure.message).toContain('  File "<string>", line 1\n    def main(q)\n               ^\nSyntaxError: expected \':\'');
    });

    it('should show exceptions and syntax errors of JavaScript with their line', async () => {
      expect(await failureOf(javascript('function main() {\n  throw new TypeError("boom")\n}'))).toMatchObject({
        reason: 'exception',
        exceptionType: 'TypeError',
        exceptionMessage: 'boom',
        line: 2,
        message: expect.stringMatching(/^TypeError: boom\n\s+at main \(main\.js:2:\d+\)$/),
      });
      expect(await failureOf(javascript('async function main() { throw new Error("late") }'))).toMatchObject({
        exceptionMessage: 'late',
        line: 1,
      });
      expect(await failureOf(javascript('function main( {'))).toMatchObject({ reason: 'syntax', exceptionType: 'SyntaxError' });
    });

    it.each([
      ['python3', 'x = 1', "The code defines no function 'main'."],
      ['javascript', 'const x = 1', "The code defines no function 'main'."],
      ['python3', 'def main(): return {1}', 'main returned what is not JSON: Object of type set is not JSON serializable'],
      [
        'python3',
        'def main(): return {"a": float("nan")}',
        'main returned what is not JSON: Out of range float values are not JSON compliant: nan',
      ],
      ['python3', 'def main():\n  a = []\n  a.append(a)\n  return a', 'main returned what is not JSON: Circular reference detected'],
      ['javascript', 'function main() {}', 'main returned what is not JSON: undefined'],
      ['javascript', 'function main() { return 1n }', 'main returned what is not JSON: Do not know how to serialize a BigInt'],
      ['javascript', 'function main() { const a = []; a.push(a); return a }', 'main returned what is not JSON: circular reference'],
      ['javascript', 'async function main() { await new Promise(() => {}) }', 'main returned a promise that is never settled.'],
    ] as const)('should say what is wrong with the result of %s: %s', async (language, code, message) => {
      expect(await failureOf(sandbox.run({ language, code, inputs: {} }))).toMatchObject({ reason: 'result', message });
    });

    it.each([
      ['import requests', "'requests' can't be used in the code sandbox, which has no network: fetch with an HTTP request node"],
      ['import pandas', "'pandas' is not in Python's standard library"],
      ['import sqlite3', "'sqlite3' is a module of the standard library that the code sandbox does not have."],
      ['import js', "'js' is not available in the code sandbox."],
      ['import ctypes', "'ctypes' is a module of the standard library that the code sandbox does not have."],
      ['open("/tmp/x", "w")', 'The code sandbox has no files to write to'],
      ['import urllib.request\nurllib.request.urlopen("http://192.0.2.1")', 'The code sandbox has no network'],
    ])('should say what to do instead of %s', async (code, advice) => {
      expect((await failureOf(python(`${code}\ndef main(): return {}`))).message).toContain(advice);
    });

    it('should keep what was printed before a failure', async () => {
      expect((await failureOf(python('def main():\n  print("before")\n  raise KeyError(1)'))).stdout).toBe('before\n');
    });

    it('should refuse inputs that can not be passed on', async () => {
      const circle: unknown[] = [];
      circle.push(circle);

      expect((await failureOf(python('def main(a): return {}', { a: circle }))).reason).toBe('request');
      expect((await failureOf(javascript('function main() { return {} }', { a: circle }))).reason).toBe('request');
    });
  });

  describe('limits', () => {
    it.each([
      ['python3', 'def main():\n  while True: pass'],
      ['python3', 'def main():\n  while True:\n    try:\n      while True: pass\n    except BaseException: pass'],
      ['python3', 'import time\ndef main():\n  time.sleep(1000)'],
      ['python3', 'import re\ndef main():\n  re.match("(a+)+$", "a" * 64 + "b")'],
      ['javascript', 'while (true);'],
      ['javascript', 'function main() { for (;;) try { for (;;); } catch {} }'],
      ['javascript', 'async function main() { for (;;) await null }'],
      ['javascript', 'function main() { setInterval(() => {}, 1); return new Promise(() => {}) }'],
      ['javascript', 'function main() { /(a+)+$/.test("a".repeat(64) + "b") }'],
    ] as const)('should end %s that runs too long: %s', async (language, code) => {
      expect(await failureOf(sandbox.run({ language, code, inputs: {} }))).toMatchObject({
        reason: 'limit',
        limit: { name: 'timeoutMs', setting: 'SANDBOX_TIMEOUT_MS', value: TIMEOUT_MS },
        message: `The code ran longer than ${String(TIMEOUT_MS)} ms (limit SANDBOX_TIMEOUT_MS).`,
      });
    });

    it.each([
      ['python3', 'def main():\n  a = []\n  while True: a.append(bytearray(1000000))'],
      ['python3', 'def main():\n  return "x" * 10**9'],
      ['javascript', 'function main() { const a = []; for (;;) a.push(new Uint8Array(1e7)) }'],
    ] as const)('should end %s that takes too much memory: %s', async (language, code) => {
      expect((await failureOf(sandbox.run({ language, code, inputs: {} }))).limit).toMatchObject({
        name: 'memoryBytes',
        setting: 'SANDBOX_MEMORY_BYTES',
      });
    });

    it('should give JavaScript no more memory than its limit, though it catches the error', async () => {
      const code =
        'function main() { let n = 0; let a = []; try { for (;;) { a.push(new Uint8Array(1e7)); n++ } } catch { a = null } return { n } }';
      const { value } = await javascript(code);
      expect((value as { n: number }).n).toBeLessThanOrEqual(9);
    });

    it.each([
      ['python3', 'def main():\n  print("x" * 10**7)\n  return {}'],
      ['python3', 'import os\ndef main():\n  try:\n    while True: os.write(1, b"x" * 10**6)\n  except OSError: pass\n  return {}'],
      ['javascript', 'function main() { console.log("x".repeat(1e7)); return {} }'],
    ] as const)('should end %s that prints too much: %s', async (language, code) => {
      expect((await failureOf(sandbox.run({ language, code, inputs: {} }))).limit?.setting).toBe('SANDBOX_OUTPUT_BYTES');
    });

    it.each([
      ['python3', 'def main(): return "x" * (17 * 1024 * 1024)', 'SANDBOX_RESULT_LENGTH'],
      ['javascript', 'function main() { return "x".repeat(17 * 1024 * 1024) }', 'SANDBOX_RESULT_LENGTH'],
      ['python3', 'def main():\n  a = 1\n  for _ in range(201): a = [a]\n  return a', 'SANDBOX_RESULT_DEPTH'],
      ['javascript', 'function main() { let a = 1; for (let i = 0; i < 201; i++) a = [a]; return a }', 'SANDBOX_RESULT_DEPTH'],
      ['python3', `#${'x'.repeat(1024 * 1024)}`, 'SANDBOX_CODE_LENGTH'],
    ] as const)('should refuse a result or code of %s beyond its limit', async (language, code, setting) => {
      expect((await failureOf(sandbox.run({ language, code, inputs: {} }))).limit?.setting).toBe(setting);
    });

    it('should report endless recursion as the exception that it is, and go on', async () => {
      expect((await failureOf(python('def main(): return main()'))).exceptionType).toBe('RecursionError');
      expect((await failureOf(javascript('function main() { return main() }'))).exceptionMessage).toBe('stack overflow');
      expect(
        (await python('def main():\n  r = None\n  for _ in range(100000): r = [r]\n  return r').catch((e: unknown) => e)) instanceof
          CodeFailure,
      ).toBe(true);
      expect((await javascript('function main() { return 1 }')).value).toBe(1);
    });
  });

  it('should end a run when its signal fires, and say so', async () => {
    const reason = new Error('stopped');
    const controller = new AbortController();
    setTimeout(() => {
      controller.abort(reason);
    }, 100);

    await expect(sandbox.run({ language: 'javascript', code: 'while (true);', inputs: {}, signal: controller.signal })).rejects.toBe(
      reason,
    );
    await expect(sandbox.run({ language: 'python3', code: '', inputs: {}, signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});
