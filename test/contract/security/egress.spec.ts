import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ChatLab, type LabApp } from '../../support/chat-lab.js';
import { describeEachDatabase } from '../../support/databases.js';

const PROVIDERS = '/workspaces/current/model-providers';
const COMPATIBLE = 'langgenius/openai_api_compatible/openai_api_compatible';
const PICTURES = {
  file_upload: { enabled: true, allowed_file_types: ['image'], allowed_file_upload_methods: ['remote_url'], number_limits: 3 },
};

describeEachDatabase(
  'addresses that users give',
  (ctx) => {
    const lab = new ChatLab();
    let app: LabApp;
    let door: Server;
    let trap: Server;
    let trapped: number;
    /** Where the open server sends its callers. */
    let location: string;

    const portOf = (server: Server): string => String((server.address() as AddressInfo).port);
    const listen = (server: Server) => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

    beforeAll(async () => {
      door = createServer((_, response) => response.writeHead(302, { location }).end());
      trap = createServer((_, response) => response.end('secret of the inside'));
      trap.on('connection', () => (trapped += 1));
      await Promise.all([listen(door), listen(trap)]);
      await lab.start({ ...ctx.env, EGRESS_ALLOW: `127.0.0.1:${portOf(door)}` });
      app = await lab.createApp('chat', PICTURES);
    });
    beforeEach(() => {
      trapped = 0;
    });
    afterAll(async () => {
      await lab.stop();
      door.close();
      trap.close();
    });

    const ways: [string, (url: string) => Promise<{ status: number; body: { code?: string } }>][] = [
      ['fetching a file', (url) => lab.owner.post('/remote-files/upload', { url })],
      ['asking for a file', (url) => lab.owner.get(`/remote-files/${encodeURIComponent(url)}`)],
      ['a picture of a message', (url) => lab.chat(app, { query: 'look', files: [{ type: 'image', transfer_method: 'remote_url', url }] })],
    ];
    const inside = [
      'http://127.0.0.1:PORT/',
      'http://localhost:PORT/',
      'http://2130706433:PORT/',
      'http://0x7f.1:PORT/',
      'http://0177.0.0.1:PORT/',
      'http://[::ffff:127.0.0.1]:PORT/',
      'http://[::1]:PORT/',
      'http://0:PORT/',
      'http://public.example@127.0.0.1:PORT/',
      'http://127。0。0。1:PORT/',
      'http://10.0.0.1/',
      'http://169.254.169.254/latest/meta-data/',
      'http://[fd00:ec2::254]/',
      'http://[64:ff9b::a9fe:a9fe]/',
    ];

    describe.each(ways)('%s', (_, ask) => {
      it('should reach nothing inside, however it is written', async () => {
        for (const url of inside.map((one) => one.replace('PORT', portOf(trap)))) {
          const { status, body } = await ask(url);
          expect([url, status, body.code]).toEqual([url, 400, 'egress_denied']);
        }
        expect(trapped).toBe(0);
      });

      it('should not follow an open server inside', async () => {
        // A header holds no other characters.
        for (const target of inside.filter((one) => /^[\x20-\x7e]*$/.test(one)).map((one) => one.replace('PORT', portOf(trap)))) {
          location = target;
          const { status, body } = await ask(`http://127.0.0.1:${portOf(door)}/picture.png`);
          expect([target, status, body.code]).toEqual([target, 400, 'egress_denied']);
        }
        expect(trapped).toBe(0);
      });

      it.each(['file:///etc/passwd', 'ftp://127.0.0.1/', 'gopher://127.0.0.1/', 'data:image/png;base64,AAAA', 'javascript:1'])(
        'should neither take %s nor follow to it',
        async (url) => {
          location = url;
          for (const one of [url, `http://127.0.0.1:${portOf(door)}/picture.png`]) {
            const { status, body } = await ask(one);
            expect([one, status, body.code]).toEqual([one, 400, 'invalid_param']);
          }
        },
      );
    });

    describe('a model', () => {
      const credentials = (endpoint: string) => ({
        model: 'inside',
        model_type: 'llm',
        credentials: { endpoint_url: endpoint, api_key: 'sk-1', mode: 'chat', context_size: '8192', max_tokens_to_sample: '4096' },
      });

      it.each([
        'http://169.254.169.254/v1',
        'http://2852039166/v1',
        'http://0xa9fea9fe/v1',
        'http://[::ffff:169.254.169.254]/v1',
        'http://[64:ff9b::a9fe:a9fe]/v1',
        'http://[fe80::1]/v1',
        'http://[fd00:ec2::254]/v1',
        'http://100.100.100.200/v1',
      ])('should not be looked for at %s, though private addresses are open to it', async (endpoint) => {
        const saved = await lab.owner.post(`${PROVIDERS}/${COMPATIBLE}/models/credentials`, credentials(endpoint));
        const tried = await lab.owner.post(`${PROVIDERS}/${COMPATIBLE}/models/credentials/validate`, credentials(endpoint));

        expect(saved).toMatchObject({
          status: 400,
          body: { code: 'invalid_param', message: expect.stringContaining('egress policy "model"') },
        });
        expect(tried).toMatchObject({ status: 200, body: { result: 'error', error: expect.stringContaining('egress policy "model"') } });
      });

      it('should not be followed elsewhere', async () => {
        location = `http://127.0.0.1:${portOf(trap)}/v1/chat/completions`;
        const saved = await lab.owner.post(
          `${PROVIDERS}/${COMPATIBLE}/models/credentials`,
          credentials(`http://127.0.0.1:${portOf(door)}/v1`),
        );

        expect(saved.status).toBe(400);
        expect(JSON.stringify(saved.body)).not.toContain('secret of the inside');
        expect(trapped).toBe(0);
      });
    });
  },
  { connect: false },
);
