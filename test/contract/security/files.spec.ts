import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { listRoutes } from '#platform/http';
import { SignedUrls } from '#platform/secrets';
import { tenantIdOf } from '../../support/api-app.js';
import { ChatLab, type LabApp } from '../../support/chat-lab.js';
import { describeEachDatabase } from '../../support/databases.js';
import { rawRequest } from '../../support/raw-request.js';

const SVG = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>';
const HTML = '<!doctype html><script>alert(1)</script>';
const XHTML = '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><script>alert(1)</script></html>';
const GIF = 'GIF89a\u0001\u0000\u0001\u0000\u0000\u0000\u0000;';

/** name, type as sent, content, type as served: null for a download of unknown type */
const UPLOADS: readonly (readonly [string, string, string, string | null])[] = [
  ['a.svg', 'image/svg+xml', SVG, null],
  ['a.png', 'image/png', SVG, null],
  ['b.png', 'image/png', `\ufeff<!-- a --> <?xml version="1.0"?>\n${SVG}`, null],
  ['a.html', 'text/html', HTML, null],
  ['a.txt', 'text/plain', HTML, null],
  ['b.txt', 'text/plain', `\n\n  <!-- a -->${HTML}`, null],
  ['a.pdf', 'application/pdf', HTML, null],
  ['a.jpg', 'image/jpeg', HTML, null],
  ['a.xml', 'text/xml', XHTML, null],
  ['b.xml', 'application/xhtml+xml', 'plain', null],
  ['c.txt', 'application/xml', 'plain', null],
  ['a.js', 'text/javascript', 'alert(1)', null],
  ['d.txt', 'text/html; charset=utf-8', 'plain', null],
  ['e.txt', 'image/svg+xml', 'plain', null],
  ['f.txt', 'text/css', 'a{}', null],
  ['g.txt', 'multipart/x-mixed-replace', 'plain', null],
  ['h.txt', 'message/rfc822', 'plain', null],
  ['i.txt', 'text/plain\\"', 'plain', null],
  ['a.gif', 'text/html', `${GIF}${HTML}`, 'image/gif'],
  ['j.txt', 'text/plain', 'plain', 'text/plain'],
  ['b.pdf', 'application/pdf', '%PDF-1.7', 'application/pdf'],
];

/** What a browser runs or follows when it shows it. */
const ACTIVE = /html|svg|xml|script|css|multipart|message/i;

describeEachDatabase(
  'files as browsers get them',
  (ctx) => {
    const lab = new ChatLab();
    let app: LabApp;
    let tenantId: string;

    beforeAll(async () => {
      await lab.start(ctx.env);
      app = await lab.createApp('chat', {
        file_upload: {
          enabled: true,
          allowed_file_types: ['custom'],
          allowed_file_extensions: ['.svg', '.png', '.html', '.txt', '.pdf', '.jpg', '.xml', '.js', '.gif'],
          allowed_file_upload_methods: ['local_file'],
          number_limits: 3,
        },
      });
      tenantId = await tenantIdOf(lab.owner);
    });
    afterAll(() => lab.stop());

    it.each(UPLOADS)('should serve %s sent as %s by its content', async (name, type, content, served) => {
      const { id } = (await lab.upload(app, name, content, type)).body as { id: string };
      const files = [{ type: 'custom', transfer_method: 'local_file', upload_file_id: id }];
      expect((await lab.chat(app, { query: 'read', files })).status).toBe(200);
      const urls = lab.app.get(SignedUrls, { strict: false });
      const link = (kind: 'file-preview' | 'image-preview', asAttachment = false) =>
        fetch(new URL(urls.uploadedFile(tenantId, id, { kind, asAttachment }), lab.base));
      const preview = await lab.send(app, 'GET', `/files/${id}/preview?user=u`);
      const download = await lab.send(app, 'GET', `/files/${id}/preview?user=u&as_attachment=true`);
      const picture = await link('image-preview');
      const all = [preview, download, picture, await link('file-preview'), await link('file-preview', true)];

      for (const { headers } of all) {
        expect(headers.get('x-content-type-options')).toBe('nosniff');
        expect(headers.get('content-type')).not.toMatch(ACTIVE);
      }
      for (const { headers, status } of all.filter((one) => one.status === 200)) {
        expect(headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
        expect([status, headers.get('content-disposition')?.split(';')[0]]).toEqual([
          200,
          expect.stringMatching(/^(?:inline|attachment)$/),
        ]);
      }
      expect(preview.headers.get('content-type')).toBe(served ?? 'application/octet-stream');
      expect(preview.headers.get('content-disposition')).toMatch(served === null ? /^attachment;/ : /^inline;/);
      expect(download.headers.get('content-disposition')).toMatch(/^attachment;/);
      if (served === null && picture.status === 200) expect(picture.headers.get('content-disposition')).toMatch(/^attachment;/);
      expect(Buffer.from(await preview.arrayBuffer()).equals(Buffer.from(content))).toBe(true);
    });

    it('should give no file of the program or the machine for a name in a path', async () => {
      const names = [
        '..%2fpackage.json',
        '%2e%2e%2f%2e%2e%2fpackage.json',
        '..%5cpackage.json',
        '%2fetc%2fpasswd',
        'package.json',
        'docs.js%00.json',
        '__proto__',
        'constructor',
        '.',
        '..',
        'service.json%2f..%2f..%2fpackage.json',
      ];
      const routes = listRoutes(lab.app).filter(({ access, path }) => access?.scheme === 'public' && /:(?:name|icon_type|lang)/.test(path));
      const { hostname, port } = new URL(lab.base);
      for (const route of routes) {
        for (const name of names) {
          const path = route.path
            .replace(':tenant_id', tenantId)
            .replace(':provider', 'langgenius%2Fopenai%2Fopenai')
            .replace(/:\w+/g, name);
          const text = await rawRequest(Number(port), [`GET ${path} HTTP/1.1\r\nhost: ${hostname}\r\nconnection: close\r\n\r\n`]);
          expect([path, text.slice(0, 12)]).toEqual([path, expect.stringMatching(/^HTTP\/1\.1 4(?:00|04)$/)]);
          expect(text).not.toMatch(/"devDependencies"|root:x:0/);
        }
      }

      expect(routes.length).toBeGreaterThanOrEqual(4);
    });

    it.each([
      '../../../x.txt',
      '..\\..\\x.txt',
      '/etc/x.txt',
      '....//x.txt',
      'x/../../y.txt',
      '.',
      '..',
      '...',
      '.txt',
      'a.txt/',
      'a.t/../xt',
      'a.%2e%2e',
      'a\u0000b.txt',
    ])('should keep what is uploaded as %j in its place', async (name) => {
      const answer = await lab.upload(app, name, 'content', 'text/plain');
      const { sql } = lab;
      const rows = await sql.rows<{ key: string }>('select key from upload_files');
      const storage = join(ctx.dataDir, 'storage');
      const found = readdirSync(storage, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
      const stored = found.map((entry) => relative(storage, join(entry.parentPath, entry.name)));

      expect([201, 400]).toContain(answer.status);
      for (const { key } of rows) expect(key).toMatch(/^upload_files\/[0-9a-f-]{36}\/[0-9a-f-]{36}(?:\.[a-z0-9]{1,30})?$/);
      expect(stored.filter((path) => path.startsWith('upload_files/')).sort()).toEqual(rows.map(({ key }) => key).sort());
    });
  },
  { connect: false },
);
