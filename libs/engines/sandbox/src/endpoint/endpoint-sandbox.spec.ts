import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { PyFloat } from '#common';
import { CodeFailure } from '../sandbox.errors.js';
import { EndpointSandbox } from './endpoint-sandbox.js';
import { type SandboxPost, SandboxTransport } from './sandbox-transport.port.js';

const execute = promisify(execFile);

/** A service of the same API that really runs what it is sent. */
class RunningService {
  readonly asked: { headers: Record<string, unknown>; body: Record<string, unknown> }[] = [];
  /** Instead of running: this answer. */
  instead: { status: number; body: string } | 'silence' | null = null;
  private server!: Server;

  async start(): Promise<string> {
    this.server = createServer((request, response) => {
      const pieces: Buffer[] = [];
      request.on('data', (piece: Buffer) => pieces.push(piece));
      request.on('end', () => {
        const body = JSON.parse(Buffer.concat(pieces).toString()) as Record<string, unknown>;
        this.asked.push({ headers: request.headers, body: { path: request.url, ...body } });
        if (this.instead === 'silence') return;
        void (this.instead === null ? this.run(body) : Promise.resolve(this.instead)).then(({ status, body: text }) =>
          response.writeHead(status).end(text),
        );
      });
    }).listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}`;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private async run({ language, code }: Record<string, unknown>): Promise<{ status: number; body: string }> {
    const [program, flag] = language === 'python3' ? ['python3', '-c'] : [process.execPath, '-e'];
    const data = await execute(program, [flag, String(code)], { encoding: 'utf8' }).then(
      ({ stdout, stderr }) => ({ stdout, error: stderr }),
      (error: unknown) => {
        const { stdout, stderr } = error as { stdout: string; stderr: string };
        return { stdout, error: stderr };
      },
    );
    return { status: 200, body: JSON.stringify({ code: 0, message: 'success', data }) };
  }
}

class FetchTransport extends SandboxTransport {
  override async post({ url, ...init }: SandboxPost): Promise<{ status: number; body: string }> {
    const answer = await fetch(url, { method: 'POST', ...init });
    return { status: answer.status, body: await answer.text() };
  }
}

const hasPython = await execute('python3', ['--version']).then(
  () => true,
  () => false,
);

describe('EndpointSandbox', () => {
  const service = new RunningService();
  let endpoint: string;
  let sandbox: EndpointSandbox;

  beforeAll(async () => {
    endpoint = await service.start();
  });
  beforeEach(() => {
    service.instead = null;
    sandbox = new EndpointSandbox({
      endpoint: `${endpoint}/`,
      apiKey: 'key-of-the-sandbox',
      transport: new FetchTransport(),
      timeoutMs: 20_000,
    });
  });
  afterAll(() => service.stop());

  const failureOf = async (run: Promise<unknown>): Promise<CodeFailure> => {
    const error: unknown = await run.then(
      () => null,
      (reason: unknown) => reason,
    );
    if (!(error instanceof CodeFailure)) throw new Error(`expected a CodeFailure, got ${String(error)}`);
    return error;
  };
  const javascript = (code: string, inputs: Record<string, unknown> = {}) => sandbox.run({ language: 'javascript', code, inputs });

  it('should send the program with its key, and read its result from between the tags', async () => {
    const code = 'async function main({ q }) { console.log("<<RESULT>>no<<RESULT>>"); return { s: q + "ü" } }';
    const result = await javascript(code, { q: 'a"\n' });

    expect(result).toEqual({ json: '{"s":"a\\"\\nü"}', value: { s: 'a"\nü' }, stdout: '<<RESULT>>no<<RESULT>>\n' });
    const { headers, body } = service.asked.at(-1) ?? { headers: {}, body: {} };
    expect(headers['x-api-key']).toBe('key-of-the-sandbox');
    expect(body).toMatchObject({ path: '/v1/sandbox/run', language: 'nodejs', preload: '', enable_network: true });
    expect(sandbox.isRepeatable).toBe(false);
  });

  it.skipIf(!hasPython)('should run Python with its floats, and give the traceback of what it throws', async () => {
    const code = 'def main(f: float, n: int) -> dict:\n    return {"f": f, "n": n, "t": type(f).__name__}';
    expect((await sandbox.run({ language: 'python3', code, inputs: { f: new PyFloat(1), n: 1 } })).json).toBe(
      '{"f": 1.0, "n": 1, "t": "float"}',
    );

    const failure = await failureOf(
      sandbox.run({ language: 'python3', code: 'def main(): print("hi"); raise ValueError("no")', inputs: {} }),
    );
    expect(failure).toMatchObject({ reason: 'exception', stdout: 'hi\n' });
    expect(failure.message).toContain('ValueError: no');
  });

  it('should say what failed', async () => {
    expect((await failureOf(javascript('function main() { throw new Error("no") }'))).message).toContain('Error: no');
    expect((await failureOf(javascript('const main = () => process.exit(0)'))).message).toBe('The code ended without a result.');
    expect((await failureOf(javascript('function main() { return undefined }'))).reason).toBe('result');
  });

  it.each([
    [{ status: 503, body: '' }, 'unavailable', 'Code execution service is unavailable'],
    [{ status: 500, body: 'oops' }, 'unavailable', /likely a network issue.*status code 500/],
    [
      { status: 200, body: JSON.stringify({ code: -400, message: 'unsupported language' }) },
      'request',
      'Got error code: -400. Got error msg: unsupported language',
    ],
    [{ status: 200, body: '<html>' }, 'unavailable', 'The code sandbox service gave an answer that is none of its API.'],
  ] as const)('should fail with the reason when the service answers %j', async (instead, reason, message) => {
    service.instead = instead;
    const failure = await failureOf(javascript('const main = () => ({})'));
    expect(failure.reason).toBe(reason);
    expect(failure.message).toMatch(message);
  });

  it('should fail when nobody listens, when no answer comes in time, and when it is closed', async () => {
    const nowhere = new EndpointSandbox({ endpoint: 'http://127.0.0.1:9', apiKey: '', transport: new FetchTransport() });
    expect((await failureOf(nowhere.run({ language: 'javascript', code: '', inputs: {} }))).isRetryable).toBe(true);

    service.instead = 'silence';
    const hasty = new EndpointSandbox({ endpoint, apiKey: '', transport: new FetchTransport(), timeoutMs: 50 });
    expect((await failureOf(hasty.run({ language: 'javascript', code: '', inputs: {} }))).message).toContain('within 50 ms');

    const running = failureOf(javascript('const main = () => ({})'));
    await sandbox.close();
    expect((await running).message).toBe('The code sandbox is closing.');
    expect((await failureOf(javascript('const main = () => ({})'))).message).toBe('The code sandbox is closing.');
  });

  it('should end the request when the signal of the run fires, with its reason', async () => {
    service.instead = 'silence';
    const controller = new AbortController();
    const run = sandbox.run({ language: 'javascript', code: 'const main = () => ({})', inputs: {}, signal: controller.signal });
    const reason = new Error('stopped');
    setTimeout(() => controller.abort(reason), 20);
    await expect(run).rejects.toBe(reason);
  });

  it('should refuse code and inputs beyond their limits without asking the service', async () => {
    const before = service.asked.length;
    const strict = new EndpointSandbox({
      endpoint,
      apiKey: '',
      transport: new FetchTransport(),
      limits: { codeLength: 5, inputsLength: 10 },
    });
    expect((await failureOf(strict.run({ language: 'javascript', code: '123456', inputs: {} }))).limit?.setting).toBe(
      'SANDBOX_CODE_LENGTH',
    );
    expect((await failureOf(strict.run({ language: 'javascript', code: '1', inputs: { a: '1234567890' } }))).limit?.setting).toBe(
      'SANDBOX_INPUTS_LENGTH',
    );
    expect(service.asked).toHaveLength(before);
  });
});
