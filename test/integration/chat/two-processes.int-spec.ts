import { ChatLab, eventsOf, type LabApp, readEvents } from '../../support/chat-lab.js';
import { describeOnPostgres } from '../../support/databases.js';

const redisUrl = process.env.TEST_REDIS_URL;

(redisUrl === undefined ? describe.skip : describe)('chats on PostgreSQL and Redis', () => {
  describeOnPostgres(
    'two api processes',
    (ctx) => {
      const one = new ChatLab();
      const two = new ChatLab();
      let app: LabApp;

      beforeAll(async () => {
        const env = {
          ...ctx.env,
          REDIS_URL: redisUrl ?? '',
          SECRET_KEY: 'a secret of this suite',
          REDIS_KEY_PREFIX: `chat-${String(process.pid)}`,
        };
        await one.start(env);
        app = await one.createApp('chat');
        await two.startApp(env);
      });
      afterAll(async () => {
        await one.stop();
        await two.stopApp();
      });

      const begin = async (query: string) => {
        const response = await one.send(app, 'POST', '/chat-messages', { inputs: {}, user: 'u', query, response_mode: 'streaming' });
        const events = readEvents(response);
        return { events, first: (await events.next()).value!.data };
      };

      it('should follow through one process what runs in the other', async () => {
        const { events, first } = await begin('SLOW across');
        const followed = two.send(app, 'GET', `/chat-messages/${first.task_id}/events?user=u`);
        const own = [first];
        for await (const event of events) own.push(event.data);

        expect(eventsOf(await (await followed).text()).map((event) => event.data)).toEqual(own);
      });

      it('should stop through one process what runs in the other', async () => {
        const { events, first } = await begin('far away HANG');

        expect((await two.call(app, 'POST', `/chat-messages/${first.task_id}/stop`, { user: 'u' })).status).toBe(200);
        const rest = [];
        for await (const event of events) rest.push(event.data);

        expect(rest.at(-1)).toMatchObject({ event: 'message_end', task_id: first.task_id });
      });

      it('should run a request once that reached both', async () => {
        const [here, there] = await Promise.all(
          [one, two].map((lab) => lab.stream(app, { query: 'SLOW shared' }, { 'idempotency-key': 'both' })),
        );

        expect(there!.map((event) => event.data)).toEqual(here!.map((event) => event.data));
        expect(one.model.calls.filter((call) => call.messages.at(-1)?.content === 'SLOW shared')).toHaveLength(1);
      });

      it('should use a changed configuration in both within a second', async () => {
        await two.chat(app, { query: 'warm' });
        const { modelConfig } = await import('../../support/chat-lab.js');
        await one.owner.post(`/apps/${app.id}/model-config`, modelConfig({ pre_prompt: 'Changed.' }));

        await expect
          .poll(
            async () => {
              await two.chat(app, { query: 'after the change' });
              return one.model.callOf('after the change').messages[0]?.content;
            },
            { timeout: 2000 },
          )
          .toContain('Changed.');
      });
    },
    { connect: false },
  );
});
