import { Console } from '../../bench/lib/console.mjs';
import { streamChat } from '../../bench/lib/load.mjs';
import { until } from '../../bench/lib/processes.mjs';
import { type RunningBaya, startBaya, startMock } from '../../bench/lib/servers.mjs';
import { createTestDatabase } from '../support/databases.js';
import { canStartPostgres, type PrivateServices, startPrivateServices } from '../support/private-postgres.js';

const canRun = canStartPostgres && process.platform === 'linux';
const USER = 'walker';

interface StoredMessage {
  id: string;
  answer: string;
  status: string;
  error: string | null;
}

/** Two built programs on one PostgreSQL and Redis; the one that streams is killed. */
describe.skipIf(!canRun)(`a chat, a killed process and another one${canRun ? '' : ' (PostgreSQL is not installed)'}`, () => {
  let services: PrivateServices;
  let mock: Awaited<ReturnType<typeof startMock>>;
  let doomed: RunningBaya;
  let survivor: RunningBaya;
  let key: string;

  beforeAll(async () => {
    services = startPrivateServices();
    const { url } = await createTestDatabase(services.databaseUrl);
    const env = { DATABASE_URL: url, REDIS_URL: services.redisUrl ?? '', SECRET_KEY: 'a secret of this suite' };
    mock = await startMock({ chunks: 40, delayMs: 100 });
    doomed = await startBaya({ env });
    // One directory of files and keys, as processes of one installation have.
    survivor = await startBaya({ env, dataDir: doomed.dataDir });
    const console = await new Console(survivor.base).signIn();
    await console.addModel(mock.base);
    ({ key } = await console.createApp('chat'));
  });

  afterAll(async () => {
    await doomed?.stop();
    await survivor?.stop();
    doomed?.remove();
    await mock?.stop();
    services?.stop();
  });

  it('should keep what the caller had been told of the answer, as failed with a reason', async () => {
    let heard = 0;
    const running = streamChat({ base: doomed.base, key, user: USER, query: 'one two three', onFrame: () => (heard += 1) });
    await until(() => heard >= 10, 'ten frames', { child: doomed.child });
    await doomed.kill();
    const cut = await running;

    const message = await until(
      async () => {
        const response = await fetch(`${survivor.base}/v1/messages?user=${USER}&conversation_id=${String(cut.conversationId)}`, {
          headers: { authorization: `Bearer ${key}` },
        });
        return ((await response.json()) as { data: StoredMessage[] }).data.find(({ status }) => status === 'error');
      },
      'the failed message',
      { timeoutMs: 60_000 },
    );

    expect(cut.isEnded).toBe(false);
    expect(message).toMatchObject({ id: cut.messageId, error: expect.stringContaining('new Idempotency-Key') });
    // What was told in the last moment before the kill may not have reached Redis: a word comes every 100 ms, a frame waits 20.
    const [told, kept] = [cut.answer, message.answer].map((text) => text.split(' ')) as [string[], string[]];
    expect(told.length).toBeGreaterThanOrEqual(10);
    expect([told.length, told.length - 1, told.length + 1]).toContain(kept.length);
    expect(kept).toEqual(kept.map((_, index) => ['one', 'two', 'three'][index % 3]));
  });
});
