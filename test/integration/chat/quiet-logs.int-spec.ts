import { AppLogger } from '#platform/telemetry';
import { preparers } from '../../../apps/shared/src/platform.modules.js';
import { ChatLab, eventsOf, type LabApp } from '../../support/chat-lab.js';
import { describeEachDatabase } from '../../support/databases.js';

const QUESTION = 'canaryquestion';
const ANSWER = 'canaryanswer';
const INSTRUCTION = 'canaryinstruction';
const INPUT = 'canaryinput';
const DOCUMENT = 'canarydocument';
const FEEDBACK = 'canaryfeedback';
const TITLE = 'canarytitle';
const VENDOR_KEY = 'canary-vendor-key';
const PASSWORD = 'Canary-passw0rd';
const SECRETS = [QUESTION, ANSWER, INSTRUCTION, INPUT, DOCUMENT, FEEDBACK, TITLE, VENDOR_KEY, PASSWORD];

describeEachDatabase(
  'logs at level info',
  (ctx) => {
    const lab = new ChatLab(VENDOR_KEY);
    const lines: string[] = [];
    let app: LabApp;

    const logged = () => lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    const ask = (query: string, more: Record<string, unknown> = {}) =>
      lab.chat(app, { query: `${QUESTION} ${query}`, inputs: { about: INPUT }, ...more });
    const stream = async (query: string) => {
      const response = await lab.send(app, 'POST', '/chat-messages', {
        inputs: { about: INPUT },
        user: 'u',
        response_mode: 'streaming',
        query: `${QUESTION} ${query}`,
      });
      return eventsOf(await response.text());
    };

    beforeAll(async () => {
      const create = AppLogger.create.bind(AppLogger);
      vi.spyOn(AppLogger, 'create').mockImplementation((options) =>
        create({ ...options, level: 'info', destination: { write: (line: string) => void lines.push(line) } }),
      );
      await lab.start({ ...ctx.env, LOG_LEVEL: 'info', MODEL_STALL_TIMEOUT_MS: '1000', CONVERSATION_NAME_DELAY_MS: '10' });
      app = await lab.createApp('chat', {
        pre_prompt: `${INSTRUCTION} {{about}}`,
        user_input_form: [{ 'text-input': { variable: 'about', label: 'about', required: false, max_length: 48, default: '' } }],
        suggested_questions_after_answer: { enabled: true },
      });
    });
    afterAll(async () => {
      await lab.stop();
      vi.restoreAllMocks();
    });

    it('should hold no prompt, answer, document or credential, however a chat goes', async () => {
      expect((await ask(`SAY ${ANSWER}`)).status).toBe(200);
      for (const fault of ['FAIL 400 ECHO', 'FAIL 401 ECHO', 'FAIL 429 ECHO', 'FAIL 500 ECHO']) {
        expect((await ask(fault)).status).toBeGreaterThanOrEqual(400);
        expect((await stream(fault)).at(-1)?.data).toMatchObject({ event: 'error' });
      }
      for (const fault of ['BREAK', 'GARBAGE', 'HANG']) expect((await stream(fault)).at(-1)?.data).toMatchObject({ event: 'error' });
    });

    it('should hold none of them around the chat either', async () => {
      const { body } = await ask(`SAY ${ANSWER}`);
      const uploaded = await lab.upload(app, `${DOCUMENT}.txt`, DOCUMENT, 'text/plain');
      expect(uploaded.status).toBe(201);
      await lab.call(app, 'POST', `/messages/${String(body.message_id)}/feedbacks`, { rating: 'like', user: 'u', content: FEEDBACK });
      await lab.call(app, 'POST', `/conversations/${String(body.conversation_id)}/name`, { name: TITLE, user: 'u' });
      lab.model.reply = `no list, ${ANSWER}`;
      await lab.call(app, 'GET', `/messages/${String(body.message_id)}/suggested?user=u`);
      lab.model.reply = null;
      lab.model.failure = 400;
      await lab.call(app, 'GET', `/messages/${String(body.message_id)}/suggested?user=u`);
      await lab.call(app, 'POST', `/conversations/${String(body.conversation_id)}/name`, { auto_generate: true, user: 'u' });
      expect(logged().map(({ msg }) => msg)).toContain('no questions could be suggested');
      lab.model.failure = null;
      await lab.call(app, 'POST', '/chat-messages', `{"query": "${QUESTION}", "inputs": {`);
      await lab.call(app, 'POST', '/chat-messages', { query: { text: QUESTION }, inputs: INPUT, user: 'u' });
      await lab.call({ ...app, key: `app-${VENDOR_KEY}` }, 'GET', '/parameters');
      await lab.owner.login('owner@a.example', PASSWORD);
      await lab.owner.post('/account/password', { password: PASSWORD, new_password: PASSWORD, repeat_new_password: `${PASSWORD}x` });
    });

    it('should hold none of them when the database refuses what a run stores', async () => {
      await lab.sql.run(`alter table messages add constraint planted check (answer not like '%${ANSWER}%') not valid`);
      try {
        expect((await stream(`SAY ${ANSWER}`)).at(-1)?.data).toMatchObject({ event: 'error' });
      } finally {
        await lab.sql.run('alter table messages drop constraint planted');
      }
      expect(logged().some(({ msg }) => msg === 'the end of a run could not be stored')).toBe(true);
    });

    it('should have seen all of it', () => {
      expect(lines.length).toBeGreaterThan(10);
      expect(lab.model.calls.some(({ messages }) => JSON.stringify(messages).includes(INSTRUCTION))).toBe(true);
      const leaks = SECRETS.flatMap((secret) => lines.filter((line) => line.includes(secret)));
      expect(leaks).toEqual([]);
      expect(lines.filter((line) => line.includes(app.key))).toEqual([]);
    });

    it('should name request, workspace and run', () => {
      const refused = logged().find(({ msg }) => msg === 'request refused');
      expect(refused).toMatchObject({ requestId: expect.any(String) });
      const broken = logged().find(({ msg }) => msg === 'the end of a run could not be stored');
      expect(broken).toMatchObject({ requestId: expect.any(String), tenantId: expect.any(String), runId: expect.any(String) });
    });
  },
  { connect: false, preparers },
);
