import { Console } from '../../bench/lib/console.mjs';
import { type SeenChat, streamChat } from '../../bench/lib/load.mjs';
import { isAlive, treeOf, until } from '../../bench/lib/processes.mjs';
import { type RunningBaya, startBaya, startMock } from '../../bench/lib/servers.mjs';

interface StoredMessage {
  id: string;
  answer: string;
  status: string;
  error: string | null;
}

/** Set-up to chat to `kill -9` to restart, on the embedded database, with the built program. */
describe('a chat and a killed process', () => {
  const user = 'walker';
  let mock: Awaited<ReturnType<typeof startMock>>;
  let baya: RunningBaya;
  let key: string;
  let finished: SeenChat;

  const messagesOf = async (conversationId: string | null): Promise<StoredMessage[]> => {
    const response = await fetch(`${baya.base}/v1/messages?user=${user}&conversation_id=${String(conversationId)}`, {
      headers: { authorization: `Bearer ${key}` },
    });
    expect(response.status).toBe(200);
    return ((await response.json()) as { data: StoredMessage[] }).data;
  };

  beforeAll(async () => {
    mock = await startMock({ chunks: 20, delayMs: 100 });
    baya = await startBaya({ env: { DEMO: 'false' } });
    const console = await new Console(baya.base).signIn();
    await console.addModel(mock.base);
    ({ key } = await console.createApp('chat'));
  });

  afterAll(async () => {
    await baya?.stop();
    baya?.remove();
    await mock?.stop();
  });

  it('should stream an answer of the model and keep it', async () => {
    finished = await streamChat({ base: baya.base, key, user, query: 'one two three' });

    expect(finished).toMatchObject({ status: 200, isEnded: true, error: null, answer: expect.stringContaining('one two three') });
    expect(await messagesOf(finished.conversationId)).toEqual([
      expect.objectContaining({ id: finished.messageId, answer: finished.answer, status: 'normal' }),
    ]);
  });

  it('should leave no process behind when it is killed, and fail the interrupted chat with a reason after a restart', async () => {
    let heard = false;
    const running = streamChat({ base: baya.base, key, user, query: 'four five six', onFrame: () => (heard = true) });
    await until(() => heard, 'a first frame', { child: baya.child });
    const children = treeOf(baya.pid).slice(1);
    expect(children.length).toBeGreaterThan(0);

    await baya.kill();
    const interrupted = await running;
    await until(() => !children.some(isAlive), 'the end of every child', { timeoutMs: 10_000 });
    baya = await startBaya({ dataDir: baya.dataDir, env: { DEMO: 'false' } });

    expect(interrupted.isEnded).toBe(false);
    expect(
      await until(
        async () => (await messagesOf(interrupted.conversationId)).find(({ status }) => status === 'error'),
        'the failed message',
      ),
    ).toMatchObject({ id: interrupted.messageId, error: expect.stringMatching(/\S/) });
  });

  it('should find the conversation from before the kill, and go on with it', async () => {
    const [message] = await messagesOf(finished.conversationId);
    expect(message).toMatchObject({ id: finished.messageId, answer: finished.answer, status: 'normal' });

    const next = await streamChat({ base: baya.base, key, user, query: 'and then', conversationId: finished.conversationId ?? '' });
    expect(next).toMatchObject({ isEnded: true, conversationId: finished.conversationId });
  });

  it('should refuse a second process on the same data directory and say whose it is', async () => {
    await expect(startBaya({ dataDir: baya.dataDir, env: { DEMO: 'false' }, timeoutMs: 20_000 })).rejects.toThrow(
      new RegExp(`in use by process ${String(baya.pid)}`),
    );
  });
});
