import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { preparers } from '../../../apps/shared/src/platform.modules.js';
import { memberOf, secondWorkspace, setUp, startApi, stopApi, tenantIdOf } from '../../support/api-app.js';
import type { ConsoleClient } from '../../support/console-client.js';
import { describeEachDatabase } from '../../support/databases.js';

const PNG = Buffer.from('89504e470d0a1a0a', 'hex');
const SVG = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');

describeEachDatabase(
  'look of a workspace’s web apps',
  (ctx) => {
    let app: NestFastifyApplication;
    let owner: ConsoleClient;
    let stranger: ConsoleClient;
    let tenantId: string;

    beforeAll(async () => {
      app = await startApi({ ...ctx.env, DEMO: 'false', CAN_REPLACE_LOGO: 'true', FILES_URL: 'https://files.example' });
      owner = await setUp(app);
      stranger = await secondWorkspace(app);
      tenantId = await tenantIdOf(owner);
    });
    afterAll(() => stopApi(app));

    const change = (body: object, client = owner) => client.post('/workspaces/custom-config', body);
    const logo = (id = tenantId) => app.inject({ method: 'GET', url: `/files/workspaces/${id}/webapp-logo` });
    const upload = async (files: readonly [name: string, type: string, content: Buffer][], client = owner) => {
      const parts = files.flatMap(([name, type, content]) => [
        Buffer.from(`--b\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: ${type}\r\n\r\n`),
        content,
        Buffer.from('\r\n'),
      ]);
      const response = await app.inject({
        method: 'POST',
        url: '/console/api/workspaces/custom-config/webapp-logo/upload',
        headers: {
          cookie: [...client.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
          'x-csrf-token': client.cookies.get('csrf_token'),
          'content-type': 'multipart/form-data; boundary=b',
        },
        payload: Buffer.concat([...parts, Buffer.from('--b--\r\n')]),
      });
      return { status: response.statusCode, body: response.json<{ id: string; code: string }>() };
    };

    it('should have none at first', async () => {
      const answer = await logo();

      expect([answer.statusCode, answer.json()]).toMatchObject([404, { code: 'not_found', message: 'webapp logo is not found' }]);
      expect((await logo('00000000-0000-7000-8000-000000000000')).statusCode).toBe(404);
    });

    it('should take a logo, show it to everybody, and take it back', async () => {
      const uploaded = await upload([['logo.png', 'image/png', PNG]]);

      const { status, body } = await change({ remove_webapp_brand: true, replace_webapp_logo: uploaded.body.id });

      expect([uploaded.status, Object.keys(uploaded.body), status]).toEqual([201, ['id'], 200]);
      expect(body).toMatchObject({ result: 'success', tenant: { id: tenantId, role: 'owner' } });
      expect(body.tenant.custom_config).toEqual({
        remove_webapp_brand: true,
        replace_webapp_logo: `https://files.example/files/workspaces/${tenantId}/webapp-logo`,
      });
      expect((await owner.post('/workspaces/current', {})).body.custom_config).toEqual(body.tenant.custom_config);
      const shown = await logo();
      expect([shown.statusCode, shown.headers['content-type'], shown.rawPayload]).toEqual([200, 'image/png', PNG]);

      const kept = await change({});
      expect(kept.body.tenant.custom_config).toMatchObject({ remove_webapp_brand: false, replace_webapp_logo: expect.any(String) });
      const gone = await change({ replace_webapp_logo: '' });
      expect(gone.body.tenant.custom_config).toEqual({ remove_webapp_brand: false, replace_webapp_logo: null });
      expect((await logo()).statusCode).toBe(404);
    });

    it('should send an SVG so that no browser runs it', async () => {
      const { body } = await upload([['logo.SVG', 'image/svg+xml', SVG]]);
      await change({ replace_webapp_logo: body.id });

      const { headers, statusCode } = await logo();

      expect(statusCode).toBe(200);
      expect(headers).toMatchObject({ 'content-type': 'image/svg+xml', 'x-content-type-options': 'nosniff' });
      expect(headers['content-disposition']).toMatch(/^attachment/);
      expect(headers['content-security-policy']).toContain('sandbox');
    });

    it('should not show a file of another workspace, nor what is no picture', async () => {
      const foreign = await upload([['logo.png', 'image/png', PNG]], stranger);
      const text = await upload([['logo.svg', 'text/plain', Buffer.from('no picture')]]);

      for (const id of [foreign.body.id, text.body.id, 'no-uuid', '../../secrets']) {
        expect((await change({ replace_webapp_logo: id })).status).toBe(200);
        expect((await logo()).statusCode).toBe(404);
      }
    });

    it.each([
      ['no file', [], 400, 'no_file_uploaded'],
      [
        'two files',
        [
          ['a.png', 'image/png', PNG],
          ['b.png', 'image/png', PNG],
        ],
        400,
        'too_many_files',
      ],
      ['a file of another type', [['a.jpg', 'image/jpeg', PNG]], 415, 'unsupported_file_type'],
      ['a page', [['a.png.html', 'image/png', PNG]], 415, 'unsupported_file_type'],
    ] as const)('should refuse %s', async (_, files, status, code) => {
      expect(await upload(files as never)).toMatchObject({ status, body: { code } });
    });

    it('should let every member change it, as Dify does', async () => {
      const normal = await memberOf(app, tenantId, 'normal');

      expect(await change({ remove_webapp_brand: true }, normal)).toMatchObject({ status: 200, body: { tenant: { role: 'normal' } } });
    });
  },
  { connect: false, preparers },
);
