import { ChatLab, type LabApp } from '../../support/chat-lab.js';
import { describeEachDatabase } from '../../support/databases.js';

const OPENAI = 'langgenius/openai/openai';

/** Apps that play their answers by themselves (contract models-agents-tools 15, service-and-web-api 8.6). */
describeEachDatabase(
  'spoken answers',
  (ctx) => {
    const lab = new ChatLab();
    let app: LabApp;

    beforeAll(async () => {
      await lab.start(ctx.env);
      const credentials = { openai_api_key: 'sk-1', openai_api_base: lab.model.url.replace(/\/v1$/, '') };
      await lab.owner.post(`/workspaces/current/model-providers/${OPENAI}/credentials`, { credentials });
      const model_settings = [{ model_type: 'tts', provider: OPENAI, model: 'tts-1' }];
      expect(await lab.owner.post('/workspaces/current/default-model', { model_settings })).toMatchObject({ status: 200 });
      app = await lab.createApp('chat', { text_to_speech: { enabled: true, voice: 'nova', language: 'en-US', autoPlay: 'enabled' } });
    });
    afterAll(() => lab.stop());

    const kindsOf = (events: { data: { event: string } }[]) => [...new Set(events.map(({ data }) => data.event))];

    it('should play the answer in order beside its text, and end with the last sound', async () => {
      const events = await lab.stream(app, { query: 'SAY One. Two. Three' });

      expect(events.at(-1)!.data).toMatchObject({ event: 'tts_message_end', audio: '', task_id: events[0]!.data.task_id });
      expect(Object.keys(events.at(-1)!.data)).toEqual(['event', 'conversation_id', 'message_id', 'created_at', 'task_id', 'audio']);
      const sounds = events.filter(({ data }) => data.event === 'tts_message').map(({ data }) => Buffer.from(data.audio, 'base64'));
      expect(Buffer.concat(sounds).toString()).toBe('mp3(One. Two.)mp3(Three)');
      expect(kindsOf(events).filter((kind) => !kind.startsWith('tts'))).toEqual(['message', 'message_end']);
    });

    it('should keep the answer when it can not be spoken', async () => {
      const events = await lab.stream(app, { query: 'SAY MUTE. Please.' });

      expect(kindsOf(events)).toEqual(['message', 'message_end', 'tts_message_end']);
    });

    it('should not speak an answer that comes at once', async () => {
      lab.model.spoken.length = 0;

      await lab.chat(app, { query: 'SAY One. Two.', response_mode: 'blocking' });

      expect(lab.model.spoken).toEqual([]);
    });

    it('should not speak for an app that waits to be asked', async () => {
      const quiet = await lab.createApp('chat', { text_to_speech: { enabled: true, voice: 'nova' } });
      lab.model.spoken.length = 0;

      expect(kindsOf(await lab.stream(quiet, { query: 'SAY One. Two.' }))).toEqual(['message', 'message_end']);

      expect(lab.model.spoken).toEqual([]);
    });
  },
  { connect: false },
);
