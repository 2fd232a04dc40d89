import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { ChatClient, CompletionClient, DifyClient } from 'dify-client';
import { Console } from '../../../bench/lib/console.mjs';
import { type RunningBaya, startBaya, startMock } from '../../../bench/lib/servers.mjs';

interface Answer {
  event: string;
  answer: string;
  message_id: string;
  conversation_id: string;
}

/** The SDK's own type leaves out the last argument that its code takes. */
interface Renaming {
  renameConversation(id: string, name: string, user: string, autoGenerate: boolean): Promise<{ data: { id: string; name: string } }>;
}

/** The official SDK as npm has it, pointed at Baya by its base address alone. */
describe('npm dify-client', () => {
  const user = 'sdk-user';
  let mock: Awaited<ReturnType<typeof startMock>>;
  let baya: RunningBaya;
  let chat: ChatClient;
  let completion: CompletionClient;
  let first: Answer;

  const eventsOf = async (stream: Readable): Promise<Answer[]> => {
    let text = '';
    stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    await once(stream, 'end');
    return text
      .split('\n\n')
      .filter((frame) => frame.startsWith('data: '))
      .map((frame) => JSON.parse(frame.slice(6)) as Answer);
  };

  beforeAll(async () => {
    mock = await startMock();
    baya = await startBaya({ env: { DEMO: 'false' } });
    const console = await new Console(baya.base).signIn();
    await console.addModel(mock.base);
    chat = new ChatClient((await console.createApp('chat')).key, `${baya.base}/v1`);
    completion = new CompletionClient((await console.createApp('completion')).key, `${baya.base}/v1`);
  });

  afterAll(async () => {
    await baya?.stop();
    baya?.remove();
    await mock?.stop();
  });

  it('should read the parameters of an app', async () => {
    const { status, data } = await chat.getApplicationParameters(user);

    expect(status).toBe(200);
    expect(data).toMatchObject({ opening_statement: '', user_input_form: [], system_parameters: expect.any(Object) });
  });

  it('should refuse a wrong key', async () => {
    await expect(new DifyClient('app-wrong', `${baya.base}/v1`).getApplicationParameters(user)).rejects.toMatchObject({
      response: { status: 401 },
    });
  });

  it('should chat in blocking mode and go on with the conversation', async () => {
    first = (await chat.createChatMessage({}, 'alpha beta', user)).data;
    expect(first).toMatchObject({ event: 'message', answer: expect.stringContaining('alpha beta') });

    const { data } = await chat.createChatMessage({}, 'gamma', user, false, first.conversation_id);
    expect(data).toMatchObject({ conversation_id: first.conversation_id, answer: expect.stringContaining('gamma') });
  });

  it('should chat in streaming mode', async () => {
    const { data } = await chat.createChatMessage({}, 'delta epsilon', user, true);
    const events = await eventsOf(data as Readable);

    expect(events.map(({ event }) => event)).toEqual([...Array<string>(events.length - 1).fill('message'), 'message_end']);
    expect(
      events
        .slice(0, -1)
        .map(({ answer }) => answer)
        .join(''),
    ).toContain('delta epsilon');
  });

  it('should complete a text in both modes', async () => {
    const { data } = await completion.createCompletionMessage({ query: 'zeta' }, user);
    expect(data).toMatchObject({ event: 'message', answer: expect.stringContaining('zeta') });

    const streamed = await completion.createCompletionMessage({ query: 'eta' }, user, true);
    expect((await eventsOf(streamed.data as Readable)).at(-1)?.event).toBe('message_end');
  });

  it('should list the messages of a conversation and take feedback on one', async () => {
    const rated = await chat.messageFeedback(first.message_id, 'like' as never, user);
    expect(rated.data).toEqual({ result: 'success' });

    const { data } = await chat.getConversationMessages(user, first.conversation_id);
    expect(data.data).toHaveLength(2);
    expect(data.data.find((message: { id: string }) => message.id === first.message_id)).toMatchObject({
      query: 'alpha beta',
      feedback: { rating: 'like' },
    });
  });

  it('should list, rename and delete conversations', async () => {
    const { data: before } = await chat.getConversations(user);
    expect(before.data.map(({ id }: { id: string }) => id)).toContain(first.conversation_id);

    const renamed = await (chat as unknown as Renaming).renameConversation(first.conversation_id, 'Greek letters', user, false);
    expect(renamed.data).toMatchObject({ id: first.conversation_id, name: 'Greek letters' });

    expect((await chat.deleteConversation(first.conversation_id, user)).status).toBe(204);
    const { data: after } = await chat.getConversations(user);
    expect(after.data.map(({ id }: { id: string }) => id)).not.toContain(first.conversation_id);
  });

  it('should name a conversation by itself', async () => {
    const { data } = await chat.createChatMessage({}, 'theta iota', user);
    const renamed = await (chat as unknown as Renaming).renameConversation(data.conversation_id, '', user, true);

    expect(renamed.data.name).not.toBe('');
  });

  it('should upload a file', async () => {
    const form = new FormData();
    form.append('user', user);
    form.append('file', new Blob(['Some text.'], { type: 'text/plain' }), 'note.txt');
    const { status, data } = await chat.fileUpload(form);

    expect(status).toBe(201);
    expect(data).toMatchObject({ name: 'note.txt', size: 10, extension: 'txt', mime_type: 'text/plain' });
  });
});
