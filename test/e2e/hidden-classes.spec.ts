import { execFileSync } from 'node:child_process';
import { createReadStream, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { Console } from '../../bench/lib/console.mjs';
import { type RunningBaya, startBaya, startMock, temporaryDirectory } from '../../bench/lib/servers.mjs';

/** Long enough for V8 to settle on how it copies objects. */
const WARM_UP = 400;
const COUNTED = 100;
const LOG_FLAGS = ['--log-maps', '--no-logfile-per-isolate'];
/** What must be seen, or an empty answer means nothing. */
const KNOWN_MAKERS = `for (let count = 0; count < 500; count += 1) {
  const copied = { one: 1, two: count };
  globalThis.last = { ...copied, added: count };
  new AbortController().signal.aborted;
}`;
const major = Number(process.versions.node.split('.')[0]);

/** V8's record of an object that got a hidden class of its own: kind, event, time, from, to, pc, line, column, reason, property. */
function ownClassesOf(log: string): string[] {
  return log
    .split('\n')
    .map((line) => line.split(','))
    .filter(([kind, event, , , , , , , reason]) => kind === 'map' && event === 'Transition' && reason === 'prototype')
    .map(([, , , , , , line, column, , property]) => `"${String(property)}" at ${String(line)}:${String(column)} of its file`);
}

/** ADR 0018. Node 22 and later share the classes again. */
describe.skipIf(major >= 22)('hidden classes of a chat', () => {
  const logs = temporaryDirectory();
  const logfile = join(logs, 'v8.log');
  let mock: Awaited<ReturnType<typeof startMock>>;
  let baya: RunningBaya;
  let key: string;

  beforeAll(async () => {
    mock = await startMock();
    baya = await startBaya({
      env: { DEMO: 'false' },
      nodeArgs: [...LOG_FLAGS, `--logfile=${logfile}`],
    });
    const console = await new Console(baya.base).signIn();
    await console.addModel(mock.base);
    ({ key } = await console.createApp('chat'));
  }, 60_000);

  afterAll(async () => {
    await baya?.stop();
    baya?.remove();
    await mock?.stop();
    rmSync(logs, { recursive: true, force: true });
  });

  const ask = async (body: object): Promise<{ conversation_id?: string }> => {
    const response = await fetch(`${baya.base}/v1/chat-messages`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ query: 'hello there', user: 'walker', inputs: {}, ...body }),
    });
    const answer = await response.text();
    expect(response.status, answer).toBe(200);
    return answer.startsWith('{') ? (JSON.parse(answer) as { conversation_id: string }) : {};
  };

  /** What is made in more than half of the requests. */
  const madeBy = async (request: () => Promise<unknown>): Promise<string[]> => {
    for (let count = 0; count < WARM_UP; count += 1) await request();
    const before = statSync(logfile).size;
    for (let count = 0; count < COUNTED; count += 1) await request();
    const times = new Map<string, number>();
    const log = await text(createReadStream(logfile, { start: before }));
    for (const made of ownClassesOf(log)) times.set(made, (times.get(made) ?? 0) + 1);
    return [...times].filter(([, count]) => count > COUNTED / 2).map(([made]) => made);
  };

  it('should be seen where they are known to be made', () => {
    const log = join(logs, 'known.log');
    execFileSync(process.execPath, [...LOG_FLAGS, `--logfile=${log}`, '--eval', KNOWN_MAKERS]);

    const made = ownClassesOf(readFileSync(log, 'latin1')).join('\n');

    expect(made).toContain('"added"');
    expect(made).toContain('kAborted');
  });

  it('should be shared by all streamed chats', async () => {
    const stream = { response_mode: 'streaming', auto_generate_name: false };
    expect(await madeBy(() => ask(stream))).toEqual([]);
  }, 60_000);

  it('should be shared by all chats that the model gives a title', async () => {
    expect(await madeBy(() => ask({ response_mode: 'streaming' }))).toEqual([]);
  }, 60_000);

  it('should be shared by all blocking chats that go on', async () => {
    const { conversation_id } = await ask({ response_mode: 'blocking' });
    expect(await madeBy(() => ask({ response_mode: 'blocking', conversation_id }))).toEqual([]);
  }, 60_000);
});
