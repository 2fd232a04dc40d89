import { ChatLab, type LabApp } from '../../support/chat-lab.js';
import { describeEachDatabase } from '../../support/databases.js';

describeEachDatabase(
  'agent apps over the service API',
  (ctx) => {
    const lab = new ChatLab();
    let agent: LabApp;

    beforeAll(async () => {
      await lab.start(ctx.env);
      agent = await lab.createApp('agent-chat');
    });
    afterAll(() => lab.stop());

    it.each(['blocking', undefined])('should refuse response_mode %s', async (responseMode) => {
      expect(
        await lab.call(agent, 'POST', '/chat-messages', { inputs: {}, query: 'x', user: 'u', response_mode: responseMode }),
      ).toMatchObject({
        status: 400,
        body: { code: 'invalid_param', message: 'Agent Chat App does not support blocking mode' },
      });
    });
  },
  { connect: false },
);
