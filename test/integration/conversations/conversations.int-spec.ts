import { ConversationTitles } from '#features/conversations';
import { ChatLab, type LabApp } from '../../support/chat-lab.js';
import { describeEachDatabase } from '../../support/databases.js';

const UNKNOWN = '00000000-0000-4000-8000-000000000000';

describeEachDatabase(
  'conversations and messages',
  (ctx) => {
    const lab = new ChatLab();
    let app: LabApp;
    let user = 0;

    beforeAll(async () => {
      await lab.start({ ...ctx.env, CONVERSATION_NAME_DELAY_MS: '0' });
      app = await lab.createApp('chat', { opening_statement: 'Hello!', suggested_questions_after_answer: { enabled: true } });
    });
    afterAll(() => lab.stop());
    beforeEach(() => {
      user += 1;
      lab.model.reply = null;
    });

    const me = () => `user-${String(user)}`;
    const say = async (query: string, more: Record<string, unknown> = {}) =>
      (await lab.chat(app, { query, user: me(), auto_generate_name: false, ...more })).body;
    const get = (path: string, who = me()) => lab.call(app, 'GET', `${path}${path.includes('?') ? '&' : '?'}user=${who}`);
    const names = async (query: string) => (await get(`/conversations?${query}`)).body.data.map((item: { name: string }) => item.name);

    it('should list them with their keys in the order of the contract (trace service/conversations)', async () => {
      const { conversation_id: id } = await say('Hello');

      const { status, body } = await get('/conversations');

      expect(status).toBe(200);
      expect(Object.keys(body)).toEqual(['limit', 'has_more', 'data']);
      expect(Object.keys(body.data[0])).toEqual(['id', 'name', 'inputs', 'status', 'introduction', 'created_at', 'updated_at']);
      expect(body).toMatchObject({
        limit: 20,
        has_more: false,
        data: [{ id, name: 'Hello', inputs: {}, status: 'normal', introduction: 'Hello!' }],
      });
    });

    it('should sort them and page through them without losing one', async () => {
      const made = [];
      for (const name of ['a', 'b', 'c']) made.push(await say(name));
      await say('again', { conversation_id: made[0].conversation_id });

      expect(await names('sort_by=created_at')).toEqual(['a', 'b', 'c']);
      expect(await names('sort_by=-created_at')).toEqual(['c', 'b', 'a']);
      expect(await names('')).toEqual(['a', 'c', 'b']);
      const first = (await get('/conversations?limit=2&sort_by=created_at')).body;
      expect(first).toMatchObject({ has_more: true, data: [{ name: 'a' }, { name: 'b' }] });
      expect((await get(`/conversations?limit=2&sort_by=created_at&last_id=${first.data[1].id}`)).body).toMatchObject({
        has_more: false,
        data: [{ name: 'c' }],
      });
    });

    it.each([
      ['sort_by=bogus', 400, 'invalid_param'],
      ['limit=0', 400, 'invalid_param'],
      ['limit=101', 400, 'invalid_param'],
      ['limit=x', 400, 'invalid_param'],
      ['last_id=bad', 400, 'invalid_param'],
      [`last_id=${UNKNOWN}`, 404, 'not_found'],
    ])('should refuse %s', async (query, status, code) => {
      expect(await get(`/conversations?${query}`)).toMatchObject({ status, body: { code } });
    });

    it('should rename, by hand and by the default model, and bump it', async () => {
      const { conversation_id: id } = await say('What grows in shade?');
      const rename = (body: object, who = me()) => lab.call(app, 'POST', `/conversations/${id}/name`, { user: who, ...body });
      lab.model.reply = '{"title": "Shade plants"}';

      expect(await rename({ name: 'My talk' })).toMatchObject({ status: 200, body: { id, name: 'My talk' } });
      expect(await rename({ auto_generate: true })).toMatchObject({ status: 200, body: { id, name: 'Shade plants' } });
      expect(await rename({})).toMatchObject({
        status: 400,
        body: { code: 'invalid_param', message: expect.stringContaining('name is required when auto_generate is false') },
      });
      expect(await rename({ name: 'x'.repeat(256) })).toMatchObject({ status: 400 });
      expect(await rename({ name: 'x' }, 'stranger')).toMatchObject({
        status: 404,
        body: { code: 'not_found', message: 'Conversation Not Exists.' },
      });
    });

    it('should keep the name when no title can be made', async () => {
      const { conversation_id: id } = await say('FAIL 500 SAY x').catch(() => ({ conversation_id: '' }));
      const listed = (await get('/conversations')).body.data[0];

      expect(await lab.call(app, 'POST', `/conversations/${listed.id}/name`, { user: me(), auto_generate: true })).toMatchObject({
        status: 200,
        body: { name: listed.name },
      });
      expect(id).toBeUndefined();
    });

    it('should not put a title over a name that somebody gave', async () => {
      const { conversation_id: id } = await say('Which tree?');
      const tenant = (await lab.sql.row<{ tenant_id: string }>('select tenant_id from conversations where id = $1', [id]))!.tenant_id;
      lab.model.reply = '{"title": "Trees"}';

      await lab.app
        .get(ConversationTitles, { strict: false })
        .entitle({ tenantId: tenant, id, query: 'Which tree?', name: 'the name before' }, new AbortController().signal);

      expect(await names('')).toEqual(['Which tree?']);
    });

    it('should entitle a new conversation by itself', async () => {
      lab.model.reply = '{"title": "Tomatoes"}';
      await say('When do I sow tomatoes, and when do I plant them?', { auto_generate_name: true });

      await expect.poll(() => names('')).toEqual(['Tomatoes']);
    });

    it('should name a conversation after the beginning of its question where no title is asked for', async () => {
      await say('When do I sow tomatoes, and when do I plant them?');

      expect(await names('')).toEqual(['When do I sow tomato…']);
    });

    it('should list messages oldest first, the newest slice first (trace service/messages)', async () => {
      const first = await say('one');
      const conversation = first.conversation_id;
      const second = await say('two', { conversation_id: conversation });

      const { body } = await get(`/messages?conversation_id=${conversation}`);
      expect(Object.keys(body.data[0])).toEqual([
        'id',
        'conversation_id',
        'parent_message_id',
        'inputs',
        'query',
        'answer',
        'feedback',
        'retriever_resources',
        'created_at',
        'agent_thoughts',
        'message_files',
        'status',
        'error',
        'extra_contents',
      ]);
      expect(body).toMatchObject({
        limit: 20,
        has_more: false,
        data: [
          { id: first.id, query: 'one', parent_message_id: '00000000-0000-0000-0000-000000000000', feedback: null, status: 'normal' },
          { id: second.id },
        ],
      });
      expect((await get(`/messages?conversation_id=${conversation}&limit=1`)).body).toMatchObject({
        limit: 1,
        has_more: true,
        data: [{ id: second.id }],
      });
      expect((await get(`/messages?conversation_id=${conversation}&first_id=${second.id}`)).body).toMatchObject({
        has_more: false,
        data: [{ id: first.id }],
      });
      expect((await get('/messages?conversation_id=')).body).toEqual({ limit: 20, has_more: false, data: [] });
    });

    it.each([
      ['an unknown conversation', `conversation_id=${UNKNOWN}`, 404],
      ['a conversation id that is none', 'conversation_id=bad', 400],
      ['no conversation', '', 400],
    ])('should refuse messages of %s', async (_, query, status) => {
      expect((await get(`/messages?${query}`)).status).toBe(status);
    });

    it('should refuse an unknown first message, and a stranger', async () => {
      const { conversation_id: id } = await say('mine');

      expect(await get(`/messages?conversation_id=${id}&first_id=${UNKNOWN}`)).toMatchObject({
        status: 404,
        body: { message: expect.stringContaining('First Message Not Exists.') },
      });
      expect((await get(`/messages?conversation_id=${id}`, 'stranger')).status).toBe(404);
    });

    it('should take, change, show and take back feedback (trace service/feedbacks-suggested)', async () => {
      const message = await say('rate me');
      const rate = (body: object, id = message.id, who = me()) =>
        lab.call(app, 'POST', `/messages/${id}/feedbacks`, { user: who, ...body });

      expect(await rate({ rating: 'like', content: 'nice' })).toMatchObject({ status: 200, body: { result: 'success' } });
      expect(await rate({ rating: 'dislike' })).toMatchObject({ status: 200 });
      expect((await get(`/messages?conversation_id=${message.conversation_id}`)).body.data[0].feedback).toEqual({ rating: 'dislike' });
      const listed = (await lab.call(app, 'GET', '/app/feedbacks?page=1&limit=20')).body.data;
      expect(listed).toMatchObject([
        {
          message_id: message.id,
          conversation_id: message.conversation_id,
          rating: 'dislike',
          content: null,
          from_source: 'user',
          from_account_id: null,
        },
      ]);
      expect(listed[0].created_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
      expect(await rate({ rating: null })).toMatchObject({ status: 200 });
      expect(await rate({ rating: null })).toMatchObject({
        status: 400,
        body: { code: 'invalid_param', message: 'rating cannot be None when feedback not exists' },
      });
      expect(await rate({ rating: 'bogus' })).toMatchObject({ status: 400 });
      expect(await rate({ rating: 'like' }, UNKNOWN)).toMatchObject({ status: 404, body: { message: 'Message Not Exists.' } });
      expect(await rate({ rating: 'like' }, message.id, 'stranger')).toMatchObject({ status: 404 });
    });

    it('should suggest questions, none when the model can not, and refuse where the app does not', async () => {
      const message = await say('SAY soil is all');
      lab.model.reply = 'Here: ["Which soil?", "How deep?", "When?"]';

      expect(await get(`/messages/${message.id}/suggested`)).toMatchObject({
        status: 200,
        body: { result: 'success', data: ['Which soil?', 'How deep?', 'When?'] },
      });
      expect(JSON.stringify(lab.model.calls.at(-1)?.messages)).toContain('soil is all');
      lab.model.reply = 'no idea';
      expect((await get(`/messages/${message.id}/suggested`)).body).toEqual({ result: 'success', data: [] });
      expect((await get(`/messages/${UNKNOWN}/suggested`)).status).toBe(404);
      expect(await lab.call(app, 'GET', `/messages/${message.id}/suggested`)).toMatchObject({
        status: 400,
        body: { message: 'Arg user must be provided.' },
      });
      const plain = await lab.createApp('chat');
      const other = (await lab.chat(plain, { query: 'x' })).body;
      expect(await lab.call(plain, 'GET', `/messages/${other.id}/suggested?user=u`)).toMatchObject({
        status: 400,
        body: { code: 'bad_request', message: 'Suggested Questions Is Disabled.' },
      });
    });

    it('should list no variables of a chat app, and know none to change', async () => {
      const { conversation_id: id } = await say('x');

      expect((await get(`/conversations/${id}/variables`)).body).toEqual({ limit: 20, has_more: false, data: [] });
      expect((await get(`/conversations/${UNKNOWN}/variables`)).status).toBe(404);
      expect(await lab.call(app, 'PUT', `/conversations/${id}/variables/${UNKNOWN}`, { value: 1, user: me() })).toMatchObject({
        status: 404,
        body: { message: expect.stringContaining('Conversation Variable Not Exists.') },
      });
    });

    it('should delete a conversation at once and what belongs to it soon (trace service/conversation-delete)', async () => {
      const { conversation_id: id, id: messageId } = await say('forget me');
      await lab.call(app, 'POST', `/messages/${messageId}/feedbacks`, { user: me(), rating: 'like' });
      const remove = (body?: object) => lab.call(app, 'DELETE', `/conversations/${id}`, body);

      expect((await remove({ user: 'stranger' })).status).toBe(404);
      expect(await remove({ user: me() })).toMatchObject({ status: 204, body: '' });
      expect(await remove({ user: me() })).toMatchObject({ status: 404, body: { code: 'not_found', message: 'Conversation Not Exists.' } });
      expect((await remove()).status).toBe(415);
      expect((await get(`/messages?conversation_id=${id}`)).status).toBe(404);
      expect((await lab.chat(app, { query: 'x', user: me(), conversation_id: id })).status).toBe(404);
      const rows = () =>
        lab.sql.row(
          'select (select count(*)::int from messages where id = $1) as messages, (select count(*)::int from message_feedbacks where message_id = $1) as feedbacks',
          [messageId],
        );
      await expect.poll(rows, { timeout: 20_000 }).toEqual({ messages: 0, feedbacks: 0 });
    });

    it('should serve apps with conversations only', async () => {
      const completion = await lab.createApp('completion');

      expect(await lab.call(completion, 'GET', '/conversations?user=u')).toMatchObject({ status: 400, body: { code: 'not_chat_app' } });
      expect(await lab.call(completion, 'GET', `/messages/${UNKNOWN}/suggested?user=u`)).toMatchObject({
        status: 400,
        body: { code: 'not_chat_app' },
      });
    });

    it('should leave nothing behind of a deleted app', async () => {
      const gone = await lab.createApp('chat');
      const { body } = await lab.chat(gone, { query: 'x' });

      expect((await lab.owner.send('DELETE', `/apps/${gone.id}`)).status).toBe(204);

      const rows = () =>
        lab.sql.row(
          'select (select count(*)::int from messages where id = $1) as messages, (select count(*)::int from conversations where app_id = $2) as conversations',
          [body.id, gone.id],
        );
      await expect.poll(rows, { timeout: 20_000 }).toEqual({ messages: 0, conversations: 0 });
    });
  },
  { connect: false },
);
