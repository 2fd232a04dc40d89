import { ChatLab, eventsOf, type LabApp, modelConfig, readEvents } from '../../support/chat-lab.js';
import { describeEachDatabase } from '../../support/databases.js';

const FORM = {
  pre_prompt: 'Translate: {{query}}',
  user_input_form: [{ paragraph: { label: 'query', variable: 'query', required: true, default: '' } }],
};

describeEachDatabase(
  'completion apps and debug runs',
  (ctx) => {
    const lab = new ChatLab();
    let completion: LabApp;
    let chat: LabApp;

    beforeAll(async () => {
      await lab.start(ctx.env);
      completion = await lab.createApp('completion', FORM);
      chat = await lab.createApp('chat');
    });
    afterAll(() => lab.stop());

    const complete = (body: Record<string, unknown>) =>
      lab.call(completion, 'POST', '/completion-messages', { inputs: {}, user: 'u', ...body });
    const debug = async (app: LabApp, path: string, body: Record<string, unknown>) =>
      lab.owner.post(`/apps/${app.id}/${path}`, { inputs: {}, model_config: modelConfig(), ...body });

    describe('completion over the service API', () => {
      it('should answer without a conversation (trace service/completion)', async () => {
        const { status, body } = await complete({ inputs: { query: 'good morning' }, response_mode: 'blocking' });

        expect(status).toBe(200);
        expect(Object.keys(body)).toEqual(['event', 'task_id', 'id', 'message_id', 'mode', 'answer', 'metadata', 'created_at']);
        expect(body).toMatchObject({ mode: 'completion', answer: expect.stringMatching(/^Translate: good morning Translate:/) });
        expect(lab.model.callOf('good morning').messages).toEqual([
          { role: 'user', content: expect.stringContaining('Translate: good morning') },
        ]);
      });

      it('should stream without a conversation', async () => {
        const events = await lab.stream(completion, { inputs: { query: 'good evening' } }, {}, '/completion-messages');

        expect(Object.keys(events[0]!.data)).toEqual([
          'event',
          'message_id',
          'created_at',
          'task_id',
          'id',
          'answer',
          'from_variable_selector',
        ]);
        expect(Object.keys(events.at(-1)!.data)).toEqual(['event', 'message_id', 'created_at', 'task_id', 'id', 'metadata', 'files']);
      });

      it.each([
        ['a required input that is missing', { inputs: {} }, 'query is required in input form'],
        ['no user', { inputs: { query: 'x' }, user: undefined }, 'Arg user must be provided.'],
      ])('should refuse %s', async (_, body, message) => {
        expect(await complete(body)).toMatchObject({ status: 400, body: { code: 'invalid_param', message } });
      });

      it('should follow and stop its runs under its own path', async () => {
        const { body } = await complete({ inputs: { query: 'x' } });

        const events = eventsOf(await (await lab.send(completion, 'GET', `/completion-messages/${body.task_id}/events?user=u`)).text());
        expect(events.map((event) => event.data.event)).toEqual(['message', 'message_end']);
        expect(await lab.call(completion, 'POST', `/completion-messages/${body.task_id}/stop`, { user: 'u' })).toMatchObject({
          status: 200,
          body: { result: 'success' },
        });
        expect(await lab.call(completion, 'POST', `/chat-messages/${body.task_id}/stop`, { user: 'u' })).toMatchObject({
          status: 400,
          body: { code: 'not_chat_app' },
        });
      });
    });

    describe('debug runs of the console', () => {
      it('should use the configuration that was sent and keep it with the conversation (trace console/chat-debug)', async () => {
        const { status, body } = await debug(chat, 'chat-messages', {
          query: 'debug me',
          model_config: modelConfig({ pre_prompt: 'Be brief.' }),
        });

        expect(status).toBe(200);
        expect(body).toMatchObject({ event: 'message', mode: 'chat', answer: expect.stringMatching(/^debug me debug/) });
        expect(lab.model.callOf('debug me').messages[0]?.content).toContain('Be brief.');
        const row = await lab.sql.row<Record<string, unknown>>(
          `select c.override_model_configs as override, c.name, c.from_source, c.invoke_from, c.from_end_user_id, m.parent_message_id, m.override_model_configs as own
           from conversations c join messages m on m.conversation_id = c.id where c.id = $1`,
          [body.conversation_id],
        );
        expect(row).toMatchObject({
          name: 'debug me',
          from_source: 'console',
          invoke_from: 'debugger',
          from_end_user_id: null,
          parent_message_id: null,
        });
        expect(row?.own).toBe(row?.override);
        expect(JSON.parse(row?.override as string)).toMatchObject({ pre_prompt: 'Be brief.', retriever_resource: { enabled: true } });
      });

      it('should stream, and go on in a branch of the conversation', async () => {
        const first = await debug(chat, 'chat-messages', { query: 'SAY root' });
        const branch = (query: string) =>
          debug(chat, 'chat-messages', { query, conversation_id: first.body.conversation_id, parent_message_id: first.body.id });
        await branch('SAY left');
        await branch('right now');

        expect(lab.model.callOf('right now').messages.map((message) => message.content)).toEqual(['SAY root', 'root', 'right now']);
      });

      it('should run completion apps, too', async () => {
        const { status, body } = await debug(completion, 'completion-messages', {
          inputs: { query: 'deep' },
          model_config: modelConfig(FORM),
        });

        expect({ status, answer: body.answer }).toEqual({ status: 200, answer: expect.stringMatching(/^Translate: deep/) });
      });

      it.each([
        ['no model_config', { query: 'x', model_config: undefined }],
        ['a model_config that is no object', { query: 'x', model_config: 'x' }],
        ['a model_config that can not be', { query: 'x', model_config: { model: { provider: 'nobody', name: 'x' } } }],
        ['no query', {}],
      ])('should refuse %s', async (_, body) => {
        expect(await debug(chat, 'chat-messages', body)).toMatchObject({ status: 400, body: { code: 'invalid_param' } });
      });

      it('should not know the conversations of end users, nor apps of other modes', async () => {
        const { body } = await lab.chat(chat, { query: 'private' });

        expect(await debug(chat, 'chat-messages', { query: 'x', conversation_id: body.conversation_id })).toMatchObject({
          status: 404,
          body: { code: 'not_found' },
        });
        expect((await debug(completion, 'chat-messages', { query: 'x' })).status).toBe(404);
        expect((await debug(chat, 'completion-messages', {})).status).toBe(404);
      });

      it('should count runs at a time, and tell the console of the limit with 429 (contract service-and-web-api 9.3)', async () => {
        const busy = await lab.createApp('chat');
        await lab.owner.send('PUT', `/apps/${busy.id}`, { name: 'busy', max_active_requests: 1 });
        const hanging = await lab.send(busy, 'POST', '/chat-messages', {
          inputs: {},
          query: 'HANG',
          user: 'u',
          response_mode: 'streaming',
        });
        const { value } = await readEvents(hanging).next();

        expect(await lab.chat(busy, { query: 'x' })).toMatchObject({ status: 400, body: { code: 'invalid_param' } });
        expect(await debug(busy, 'chat-messages', { query: 'x' })).toMatchObject({
          status: 429,
          body: { code: 'too_many_requests', status: 429 },
        });

        await lab.call(busy, 'POST', `/chat-messages/${value.data.task_id}/stop`, { user: 'u' });
        await vi.waitFor(async () => expect((await lab.chat(busy, { query: 'x' })).status).toBe(200));
      });

      it('should take a stop of an unknown task for done', async () => {
        expect(await lab.owner.post(`/apps/${chat.id}/chat-messages/00000000-0000-4000-8000-000000000000/stop`, {})).toMatchObject({
          status: 200,
          body: { result: 'success' },
        });
      });
    });

    it.each([
      [
        'app_mode=chat&model_mode=chat&model_name=m&has_context=false',
        { chat_prompt_config: { prompt: [{ role: 'system', text: '{{#pre_prompt#}}' }] } },
      ],
      [
        'app_mode=completion&model_mode=completion&model_name=m&has_context=false',
        { completion_prompt_config: { prompt: { text: '{{#pre_prompt#}}' } }, stop: ['Human:'] },
      ],
      ['app_mode=workflow&model_mode=chat&model_name=m', {}],
    ])('should give expert prompts to start from: %s', async (query, template) => {
      expect(await lab.owner.get(`/app/prompt-templates?${query}`)).toMatchObject({ status: 200, body: template });
    });

    it('should put a block for knowledge before an expert prompt unless told otherwise (trace console/explore)', async () => {
      const { body } = await lab.owner.get('/app/prompt-templates?app_mode=chat&model_mode=chat&model_name=m');

      expect(body.chat_prompt_config.prompt[0].text).toMatch(/<context>\n\{\{#context#\}\}\n<\/context>[\s\S]*\{\{#pre_prompt#\}\}$/);
      expect((await lab.owner.get('/app/prompt-templates')).status).toBe(400);
    });

    it('should keep the configuration with which a conversation began', async () => {
      const app = await lab.createApp('chat', { pre_prompt: 'Old rules.' });
      const { body } = await lab.chat(app, { query: 'one' });
      await lab.owner.post(`/apps/${app.id}/model-config`, modelConfig({ pre_prompt: 'New rules.' }));

      await lab.chat(app, { query: 'goes on', conversation_id: body.conversation_id });
      await lab.chat(app, { query: 'starts anew' });

      expect(lab.model.callOf('goes on').messages[0]?.content).toContain('Old rules.');
      expect(lab.model.callOf('starts anew').messages[0]?.content).toContain('New rules.');
    });

    describe('sound', () => {
      const form = (file?: File) => {
        const data = new FormData();
        data.set('user', 'u');
        if (file) data.set('file', file);
        return data;
      };

      it.each([
        ['a sound file while listening is off', () => form(new File(['x'], 'a.mp3', { type: 'audio/mp3' })), 400, 'invalid_param'],
        ['no file', () => form(), 400, 'bad_request_key_error'],
      ])('should refuse %s (trace service/audio-errors)', async (_, body, status, code) => {
        expect(await lab.call(chat, 'POST', '/audio-to-text', body())).toMatchObject({ status, body: { code } });
      });

      it('should refuse other types, and say that no model listens', async () => {
        const app = await lab.createApp('chat', { speech_to_text: { enabled: true } });

        expect(await lab.call(app, 'POST', '/audio-to-text', form(new File(['x'], 'a.txt', { type: 'text/plain' })))).toMatchObject({
          status: 415,
          body: { code: 'unsupported_audio_type' },
        });
        expect(await lab.call(app, 'POST', '/audio-to-text', form(new File(['x'], 'a.mp3', { type: 'audio/mp3' })))).toMatchObject({
          status: 400,
          body: { code: 'provider_not_support_speech_to_text' },
        });
      });

      it('should speak only where it is on, and answer null for an unknown message (trace service/audio-errors)', async () => {
        const speak = (body: object) => lab.call(chat, 'POST', '/text-to-audio', { user: 'u', ...body });

        expect(await speak({ text: 'hi' })).toMatchObject({ status: 400, body: { message: 'TTS is not enabled' } });
        expect(await speak({})).toMatchObject({ status: 400, body: { message: 'Text is required' } });
        const unknown = await speak({ message_id: '00000000-0000-4000-8000-000000000000' });
        expect([unknown.status, unknown.headers.get('content-type'), unknown.body]).toEqual([
          200,
          expect.stringContaining('application/json'),
          null,
        ]);
      });
    });
  },
  { connect: false },
);
