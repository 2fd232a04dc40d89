import { ChatLab, type LabApp } from '../../support/chat-lab.js';
import { describeEachDatabase } from '../../support/databases.js';

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}';

describeEachDatabase(
  'chat messages',
  (ctx) => {
    const lab = new ChatLab();
    let app: LabApp;

    beforeAll(async () => {
      await lab.start(ctx.env);
      app = await lab.createApp('chat', {
        pre_prompt: 'You are {{role}}.',
        opening_statement: 'Hello! I am {{role}}.',
        user_input_form: [{ 'text-input': { label: 'role', variable: 'role', required: false, max_length: 48, default: 'helpful' } }],
      });
    });
    afterAll(() => lab.stop());

    it('should answer a blocking message as Dify does (trace service/chat-blocking)', async () => {
      const { status, headers, body } = await lab.chat(app, {
        inputs: { role: 'a poet' },
        query: 'Hello there friend',
        response_mode: 'blocking',
        conversation_id: '',
      });

      expect(status).toBe(200);
      expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
      expect(Object.keys(body)).toEqual([
        'event',
        'task_id',
        'id',
        'message_id',
        'conversation_id',
        'mode',
        'answer',
        'metadata',
        'created_at',
      ]);
      expect(body.answer).toMatch(/^Hello there friend Hello there friend/);
      expect(body).toMatchObject({
        event: 'message',
        mode: 'chat',
        metadata: {
          annotation_reply: null,
          retriever_resources: [],
          usage: { prompt_tokens: 7, completion_tokens: 20, total_tokens: 27, total_price: '0', currency: 'USD' },
        },
      });
      expect(Object.keys(body.metadata.usage)).toEqual([
        'prompt_tokens',
        'prompt_unit_price',
        'prompt_price_unit',
        'prompt_price',
        'completion_tokens',
        'completion_unit_price',
        'completion_price_unit',
        'completion_price',
        'total_tokens',
        'total_price',
        'currency',
        'latency',
        'time_to_first_token',
        'time_to_generate',
      ]);
      expect(lab.model.callOf('Hello there friend').messages[0]).toEqual({ role: 'system', content: 'You are a poet.\n' });
    });

    it('should stream frames byte for byte (trace service/chat-streaming)', async () => {
      const events = await lab.stream(app, { query: 'Hello streaming world' });

      const ids = `"conversation_id":"${UUID}","message_id":"${UUID}","created_at":\\d{10},"task_id":"${UUID}","id":"${UUID}"`;
      expect(events[0]?.text).toMatch(new RegExp(`^data: {"event":"message",${ids},"answer":"Hello","from_variable_selector":null}$`));
      expect(events[1]?.text).toContain('"answer":" streaming"');
      expect(events.at(-2)?.data).toMatchObject({ event: 'message', answer: '' });
      expect(events.at(-1)?.text).toMatch(
        new RegExp(
          `^data: {"event":"message_end",${ids},"metadata":{"annotation_reply":null,"retriever_resources":\\[\\],"usage":{"prompt_tokens":7,.*}},"files":null}$`,
        ),
      );
      expect(events).toHaveLength(22);
      expect(events.some((event) => event.id !== undefined)).toBe(false);
    });

    it('should remember what was said before, in one thread', async () => {
      const first = await lab.chat(app, { query: 'SAY first answer' });
      await lab.chat(app, { query: 'second question', conversation_id: first.body.conversation_id });

      expect(lab.model.callOf('second question').messages.map(({ role, content }) => [role, content])).toEqual([
        ['system', 'You are None.\n'],
        ['user', 'SAY first answer'],
        ['assistant', 'first answer'],
        ['user', 'second question'],
      ]);
    });

    it('should keep what was said, with usage, latency and the prompt', async () => {
      const { body } = await lab.chat(app, { query: 'keep me' });

      const row = await lab.sql.row<Record<string, unknown>>('select * from messages where id = $1', [body.id]);
      expect(row).toMatchObject({
        query: 'keep me',
        status: 'normal',
        error: null,
        message_tokens: 7,
        answer_tokens: 20,
        currency: 'USD',
        from_source: 'api',
        invoke_from: 'service-api',
        app_mode: 'chat',
      });
      expect(row).toMatchObject({
        model_provider: 'langgenius/openai_api_compatible/openai_api_compatible',
        model_id: 'mock',
        parent_message_id: '00000000-0000-0000-0000-000000000000',
      });
      expect(row?.answer).toBe(body.answer);
      expect(JSON.parse(row?.message as string)).toEqual([
        { role: 'system', text: 'You are None.\n', files: [] },
        { role: 'user', text: 'keep me', files: [] },
      ]);
      expect(JSON.parse(row?.message_metadata as string)).toEqual(body.metadata);
      expect(row?.provider_response_latency).toBe(body.metadata.usage.latency);
      const ledger = await lab.sql.row('select state, outcome, reason from app_runs where id = $1', [body.task_id]);
      expect(ledger).toEqual({ state: 'finished', outcome: 'succeeded', reason: 'finished' });
    });

    it('should need at most five statements for a warm turn', async () => {
      const first = await lab.chat(app, { query: 'one' });
      const before = lab.statements.statements;

      await lab.stream(app, { query: 'two', conversation_id: first.body.conversation_id });

      expect(lab.statements.statements - before).toBeLessThanOrEqual(5);
    });

    it.each([
      ['no query', { inputs: {} }, 400, 'invalid_param'],
      ['no inputs', { inputs: undefined, query: 'x' }, 400, 'invalid_param'],
      ['an unknown response mode', { query: 'x', response_mode: 'bogus' }, 400, 'invalid_param'],
      ['inputs that are no object', { inputs: 'text', query: 'x' }, 400, 'invalid_param'],
      ['an empty query', { query: '' }, 400, 'invalid_param'],
      ['an unknown conversation', { query: 'x', conversation_id: '00000000-0000-4000-8000-000000000000' }, 404, 'not_found'],
      ['a conversation id that is none', { query: 'x', conversation_id: 'not-a-uuid' }, 400, 'invalid_param'],
      ['an input that is too long', { query: 'x', inputs: { role: 'r'.repeat(50) } }, 400, 'invalid_param'],
      ['an input of another type', { query: 'x', inputs: { role: 5 } }, 400, 'invalid_param'],
      ['files that are no list', { query: 'x', files: 'nope' }, 400, 'invalid_param'],
      ['an empty user', { query: 'x', user: '' }, 400, 'invalid_param'],
    ])('should refuse %s in both modes (trace service/chat-errors)', async (_, body, status, code) => {
      const before = await lab.sql.row('select (select count(*) from messages) as messages, (select count(*) from app_runs) as runs');

      for (const response_mode of ['blocking', 'streaming'])
        expect(await lab.chat(app, { response_mode, ...body })).toMatchObject({ status, body: { code, status } });

      expect(await lab.sql.row('select (select count(*) from messages) as messages, (select count(*) from app_runs) as runs')).toEqual(
        before,
      );
    });

    it('should take what is odd but harmless', async () => {
      const odd = {
        query: 'a\u0000b',
        user: 5,
        inputs: JSON.parse('{"constructor":{},"__proto__":{"x":1},"role":"n\\u0000ul"}'),
        files: [{ type: 'image', transfer_method: 'remote_url', url: 'notaurl' }],
      };

      const { status, body } = await lab.chat(app, odd);

      expect(status).toBe(200);
      expect(await lab.sql.row('select query, inputs from messages where id = $1', [body.id])).toEqual({
        query: 'ab',
        inputs: '{"role":"nul"}',
      });
    });

    const nested = (depth: number) => `{"inputs":{"role":${'['.repeat(depth)}${']'.repeat(depth)}},"query":"x","user":"u"}`;

    it.each([
      ['a body that nests 250 deep', nested(250), 400],
      ['a body that nests 100,000 deep', nested(100_000), 400],
      ['a list', '[]', 400],
      ['null', 'null', 400],
      ['broken JSON', '{bad', 400],
      ['a query that is no text', '{"inputs":{},"query":{"a":1},"user":"u"}', 400],
      ['a user that is no text', '{"inputs":{},"query":"x","user":{"a":1}}', 400],
      ['a conversation id that is a list', '{"inputs":{},"query":"x","user":"u","conversation_id":["x"]}', 400],
      ['files that are garbage', '{"inputs":{},"query":"x","user":"u","files":[null,1,{},[[]],"x"]}', 200],
      ['a lone surrogate', '{"inputs":{},"query":"a\\ud800b","user":"\\udfff"}', 200],
      ['a million characters', JSON.stringify({ inputs: {}, query: `SAY ${'x'.repeat(999_996)}`, user: 'u' }), 200],
      ['more than a million characters', JSON.stringify({ inputs: {}, query: `SAY ${'x'.repeat(999_997)}`, user: 'u' }), 400],
    ])('should answer %s with a status of the contract', async (_, body, status) => {
      expect((await lab.call(app, 'POST', '/chat-messages', body, { 'content-type': 'application/json' })).status).toBe(status);
    });

    it('should not know what belongs to another app of the same user', async () => {
      const other = await lab.createApp('chat');
      const { body } = await lab.chat(other, { query: 'private' });

      expect((await lab.chat(app, { query: 'x', conversation_id: body.conversation_id })).status).toBe(404);
      expect((await lab.call(app, 'GET', `/messages?conversation_id=${body.conversation_id}&user=u`)).status).toBe(404);
      expect((await lab.call(app, 'DELETE', `/conversations/${body.conversation_id}`, { user: 'u' })).status).toBe(404);
      expect((await lab.call(app, 'POST', `/messages/${body.id}/feedbacks`, { user: 'u', rating: 'like' })).status).toBe(404);
      expect((await lab.call(app, 'GET', `/chat-messages/${body.task_id}/events?user=u`)).status).toBe(404);
      expect(await lab.call(app, 'POST', '/text-to-audio', { user: 'u', message_id: body.id })).toMatchObject({ status: 200, body: null });
      expect((await lab.call(other, 'GET', `/messages?conversation_id=${body.conversation_id}&user=u`)).body.data).toHaveLength(1);
    });

    it('should refuse what is for apps of another mode', async () => {
      expect(await lab.call(app, 'POST', '/completion-messages', { inputs: {}, user: 'u' })).toMatchObject({
        status: 400,
        body: { code: 'app_unavailable' },
      });
    });
  },
  { connect: false },
);
