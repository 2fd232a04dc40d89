import { ChatLab, type LabApp } from '../../support/chat-lab.js';
import { describeEachDatabase } from '../../support/databases.js';

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const TAKES_FILES = {
  file_upload: {
    enabled: true,
    allowed_file_types: ['image'],
    allowed_file_upload_methods: ['local_file', 'remote_url'],
    number_limits: 3,
  },
};

/** `MULTIMODAL_SEND_FORMAT=url` (contract models-agents-tools 16). */
describeEachDatabase(
  'files that the vendor fetches',
  (ctx) => {
    const lab = new ChatLab();
    let app: LabApp;

    beforeAll(async () => {
      await lab.start({ ...ctx.env, MULTIMODAL_SEND_FORMAT: 'url', INTERNAL_FILES_URL: 'http://files.internal' });
      app = await lab.createApp('chat', TAKES_FILES);
    });
    afterAll(() => lab.stop());

    it('should send links that open the file, and keep pictures out of the prompt', async () => {
      const upload = (await lab.upload(app, 'p.png', PNG, 'image/png')).body;

      await lab.chat(app, { query: 'look', files: [{ type: 'image', transfer_method: 'local_file', upload_file_id: upload.id }] });

      const [part] = lab.model.callOf('look').messages.at(-1)!.content as { image_url: { url: string; detail: string } }[];
      expect(part).toMatchObject({ type: 'image_url', image_url: { detail: 'high' } });
      expect(part!.image_url.url).toMatch(new RegExp(`^http://files\\.internal/files/${upload.id}/file-preview\\?`));
      const file = await fetch(part!.image_url.url.replace('http://files.internal', lab.base));
      expect(Buffer.from(await file.arrayBuffer())).toEqual(PNG);
    });

    it('should send the address of a file that has one of its own', async () => {
      const url = `${lab.base}/assets/baya.svg`;

      await lab.chat(app, { query: 'look there', files: [{ type: 'image', transfer_method: 'remote_url', url }] });

      expect(lab.model.callOf('look there').messages.at(-1)!.content).toMatchObject([
        { type: 'image_url', image_url: { url } },
        { text: 'look there' },
      ]);
    });
  },
  { connect: false },
);
