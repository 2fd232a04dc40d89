import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createHash } from 'node:crypto';
import { ChatLab, type LabApp } from '../../support/chat-lab.js';
import { secondWorkspace } from '../../support/api-app.js';
import { describeEachDatabase } from '../../support/databases.js';

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const SVG = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>';
const UNKNOWN = '00000000-0000-4000-8000-000000000000';
const TAKES_FILES = {
  file_upload: {
    enabled: true,
    allowed_file_types: ['image', 'document'],
    allowed_file_upload_methods: ['local_file', 'remote_url'],
    number_limits: 3,
  },
};

describeEachDatabase(
  'files',
  (ctx) => {
    const lab = new ChatLab();
    let app: LabApp;
    let web: Server;
    let webUrl: string;
    /** Requests that the web server got. */
    let asked = 0;

    beforeAll(async () => {
      web = createServer((request, response) => {
        asked += 1;
        if (request.url === '/image.png')
          response
            .writeHead(200, { 'content-type': 'image/png', 'content-length': PNG.length })
            .end(request.method === 'HEAD' ? undefined : PNG);
        else if (request.url === '/named')
          response.writeHead(200, { 'content-disposition': "attachment; filename*=UTF-8''..%2F..%2Fb%C3%A9.txt" }).end('text');
        else if (request.url === '/endless') {
          response.writeHead(200, { 'content-type': 'image/png' });
          const timer = setInterval(() => response.write(Buffer.alloc(262_144)), 1);
          response.on('close', () => clearInterval(timer));
        } else response.writeHead(404).end();
      });
      await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
      webUrl = `http://127.0.0.1:${String((web.address() as AddressInfo).port)}`;
      await lab.start({
        ...ctx.env,
        UPLOAD_FILE_SIZE_LIMIT: '2',
        UPLOAD_IMAGE_FILE_SIZE_LIMIT: '1',
        UPLOAD_FILE_EXTENSION_BLACKLIST: 'bat',
      });
      app = await lab.createApp('chat', TAKES_FILES);
    });
    afterAll(async () => {
      await lab.stop();
      web.closeAllConnections();
      web.close();
    });

    const consoleUpload = async (name: string, content: Uint8Array | string, type: string, fields: Record<string, string> = {}) => {
      const boundary = 'b0undary';
      const parts = Object.entries(fields).map(
        ([field, value]) => `--${boundary}\r\ncontent-disposition: form-data; name="${field}"\r\n\r\n${value}\r\n`,
      );
      const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: ${type}\r\n\r\n`;
      const payload = Buffer.concat([Buffer.from(parts.join('') + head), Buffer.from(content), Buffer.from(`\r\n--${boundary}--\r\n`)]);
      const cookie = [...lab.owner.cookies].map(([key, value]) => `${key}=${value}`).join('; ');
      const headers = {
        cookie,
        'x-csrf-token': lab.owner.cookies.get('csrf_token') ?? '',
        'content-type': `multipart/form-data; boundary=${boundary}`,
      };
      const answer = await lab.app.inject({ method: 'POST', url: '/console/api/files/upload', headers, payload });
      return { status: answer.statusCode, body: answer.json<Record<string, unknown>>() };
    };

    describe('uploads', () => {
      it('should keep a file and answer as the contract has it (trace service/files-upload)', async () => {
        const { status, body } = await lab.upload(app, 'p.png', PNG, 'image/png');

        expect(status).toBe(201);
        expect(Object.keys(body)).toEqual([
          'id',
          'name',
          'size',
          'extension',
          'mime_type',
          'created_by',
          'created_at',
          'preview_url',
          'source_url',
          'original_url',
          'user_id',
          'tenant_id',
          'conversation_id',
          'file_key',
        ]);
        expect(body).toMatchObject({
          name: 'p.png',
          size: PNG.length,
          extension: 'png',
          mime_type: 'image/png',
          preview_url: null,
          file_key: null,
        });
        const row = await lab.sql.row('select hash, storage_type, created_by_role, key from upload_files where id = $1', [body.id]);
        expect(row).toEqual({
          hash: createHash('sha3-256').update(PNG).digest('hex'),
          storage_type: 'local',
          created_by_role: 'end_user',
          key: `upload_files/${body.tenant_id}/${body.id}.png`,
        });
        const bytes = await fetch(body.source_url);
        expect(Buffer.from(await bytes.arrayBuffer())).toEqual(PNG);
      });

      it.each([
        ['x.exe', 'MZ', 'application/octet-stream', { extension: 'exe', mime_type: 'application/octet-stream' }],
        ['naïve 名.md', '# ü', 'text/markdown', { name: 'naïve 名.md', extension: 'md', mime_type: 'text/markdown' }],
        ['noext', 'x', 'text/plain', { extension: '' }],
        ['e.txt', '', 'text/plain', { size: 0 }],
        ['liar.png', SVG, 'image/png', { mime_type: 'image/svg+xml' }],
      ])('should take %s', async (name, content, type, expected) => {
        expect(await lab.upload(app, name, content, type)).toMatchObject({ status: 201, body: expected });
      });

      it.each([
        ['a name with a backslash', 'a\\b.txt', 'x', 'text/plain', 400, 'invalid_param'],
        ['a forbidden extension', 'x.BAT', 'x', 'text/plain', 400, 'invalid_param'],
        ['a picture over the limit', 'big.png', Buffer.alloc(1_048_577), 'image/png', 413, 'file_too_large'],
        ['a document over the limit', 'big.txt', Buffer.alloc(2_097_153), 'text/plain', 413, 'file_too_large'],
      ])('should refuse %s and keep nothing of it', async (_, name, content, type, status, code) => {
        const count = () => lab.sql.row('select count(*) from upload_files');
        const before = await count();

        expect(await lab.upload(app, name, content, type)).toMatchObject({ status, body: { code } });
        expect(await count()).toEqual(before);
      });

      it('should refuse forms without a file and with two', async () => {
        const empty = new FormData();
        empty.set('user', 'u');
        const two = new FormData();
        two.set('file', new File(['1'], 'a.txt'));
        two.set('file2', new File(['2'], 'b.txt'));

        expect(await lab.call(app, 'POST', '/files/upload', empty)).toMatchObject({ status: 400, body: { code: 'no_file_uploaded' } });
        expect(await lab.call(app, 'POST', '/files/upload', two)).toMatchObject({ status: 400, body: { code: 'too_many_files' } });
      });

      it('should serve the console alike (trace console/files-upload)', async () => {
        const limits = await lab.owner.get('/files/upload');
        const note = await consoleUpload('note.txt', 'Hello file.\nSecond line.', 'text/plain');

        expect(limits.body).toMatchObject({
          file_size_limit: 2,
          image_file_size_limit: 1,
          batch_count_limit: 5,
          workflow_file_upload_limit: 10,
        });
        expect(note).toMatchObject({ status: 201, body: { name: 'note.txt', size: 24 } });
        expect((await lab.owner.get(`/files/${String(note.body.id)}/preview`)).body).toEqual({ content: 'Hello file.\nSecond line.' });
        expect(await lab.owner.get(`/files/${UNKNOWN}/preview`)).toMatchObject({ status: 404, body: { code: 'not_found' } });
        expect(await consoleUpload('x.exe', 'MZ', 'application/octet-stream', { source: 'datasets' })).toMatchObject({
          status: 415,
          body: { code: 'unsupported_file_type' },
        });
        expect(await consoleUpload('', 'x', 'text/plain')).toMatchObject({ status: 400, body: { code: 'filename_not_exists_error' } });
        const stranger = await secondWorkspace(lab.app);
        expect((await stranger.get(`/files/${String(note.body.id)}/preview`)).status).toBe(404);
      });
    });

    describe('signed links', () => {
      it('should show bytes as a download that no browser runs', async () => {
        const { body } = await lab.upload(app, 'x.svg', SVG, 'image/svg+xml');

        const answer = await fetch(body.source_url);

        expect(answer.status).toBe(200);
        expect(Object.fromEntries(answer.headers)).toMatchObject({
          'content-type': 'application/octet-stream',
          'x-content-type-options': 'nosniff',
          'content-disposition': "attachment; filename*=UTF-8''x.svg",
        });
      });

      it('should refuse what was not signed here, for this file, for this use', async () => {
        const { body } = await lab.upload(app, 'p.png', PNG, 'image/png');
        const other = (await lab.upload(app, 'q.png', PNG, 'image/png')).body;
        const url = body.source_url as string;

        for (const wrong of [
          url.replace(/sign=(.)/, (_, first: string) => `sign=${first === '_' ? 'A' : '_'}`),
          url.replace(body.id, other.id),
          url.replace('file-preview', 'image-preview'),
          url.replace(/timestamp=\d+/, 'timestamp=1'),
          url.replace(/timestamp=\d+/, 'timestamp=9999999999999'),
        ]) {
          expect((await fetch(wrong)).status).toBe(404);
        }
        expect((await fetch(`${lab.base}/files/${String(body.id)}/file-preview`)).status).toBe(400);
        expect((await fetch(url.replace(body.id, 'no-uuid'))).status).toBe(404);
      });
    });

    describe('in messages', () => {
      it('should send pictures to the model, list them, and let the app read them then', async () => {
        const upload = (await lab.upload(app, 'p.png', PNG, 'image/png')).body;
        expect(await lab.call(app, 'GET', `/files/${upload.id}/preview?user=u`)).toMatchObject({
          status: 404,
          body: { code: 'file_not_found' },
        });

        const events = await lab.stream(app, {
          query: 'what is it',
          files: [{ type: 'image', transfer_method: 'local_file', upload_file_id: upload.id }],
        });

        const parts = lab.model.callOf('what is it').messages.at(-1)!.content;
        expect(parts).toMatchObject([
          { type: 'image_url', image_url: { url: `data:image/png;base64,${PNG.toString('base64')}`, detail: 'high' } },
          { type: 'text', text: 'what is it' },
        ]);
        const end = events.at(-1)!.data;
        expect(end.files).toMatchObject([
          {
            filename: 'p.png',
            extension: '.png',
            size: PNG.length,
            mime_type: 'image/png',
            transfer_method: 'local_file',
            type: 'image',
            upload_file_id: upload.id,
          },
        ]);
        expect((await fetch(end.files[0].url)).status).toBe(200);
        const listed = (await lab.call(app, 'GET', `/messages?conversation_id=${end.conversation_id}&user=u`)).body.data[0].message_files;
        expect(listed).toMatchObject([
          {
            id: end.files[0].related_id,
            filename: 'p.png',
            type: 'image',
            belongs_to: 'user',
            transfer_method: 'local_file',
            upload_file_id: upload.id,
          },
        ]);
        const shown = await lab.send(app, 'GET', `/files/${upload.id}/preview?user=u`);
        expect([shown.status, shown.headers.get('content-type'), shown.headers.get('cache-control')]).toEqual([
          200,
          'image/png',
          'public, max-age=3600',
        ]);
        const saved = await lab.send(app, 'GET', `/files/${upload.id}/preview?user=u&as_attachment=true`);
        expect(saved.headers.get('content-disposition')).toMatch(/^attachment/);
        const otherApp = await lab.createApp('chat');
        expect(await lab.call(otherApp, 'GET', `/files/${upload.id}/preview?user=u`)).toMatchObject({
          status: 403,
          body: { code: 'file_access_denied' },
        });
      });

      it('should send documents to the model as they are (contract models-agents-tools 16, 18)', async () => {
        const upload = (await lab.upload(app, 'notes.md', '# Plan', 'text/markdown')).body;

        await lab.chat(app, { query: 'read it', files: [{ type: 'document', transfer_method: 'local_file', upload_file_id: upload.id }] });

        expect(lab.model.callOf('read it').messages.at(-1)!.content).toEqual([
          {
            type: 'file',
            file: { filename: 'notes.md', file_data: `data:text/markdown;base64,${Buffer.from('# Plan').toString('base64')}` },
          },
          { type: 'text', text: 'read it' },
        ]);
      });

      it('should remember them in later turns', async () => {
        const upload = (await lab.upload(app, 'p.png', PNG, 'image/png')).body;
        const first = await lab.chat(app, {
          query: 'SAY a dot',
          files: [{ type: 'image', transfer_method: 'local_file', upload_file_id: upload.id }],
        });

        await lab.chat(app, { query: 'and its colour', conversation_id: first.body.conversation_id });

        expect(lab.model.callOf('and its colour').messages[0]!.content).toMatchObject([
          { type: 'image_url' },
          { type: 'text', text: 'SAY a dot' },
        ]);
      });

      it('should fetch pictures from addresses', async () => {
        const { status } = await lab.chat(app, {
          query: 'remote one',
          files: [{ type: 'image', transfer_method: 'remote_url', url: `${webUrl}/image.png` }],
        });

        expect(status).toBe(200);
        expect(JSON.stringify(lab.model.callOf('remote one').messages.at(-1)!.content)).toContain(PNG.toString('base64'));
      });

      it('should ask no address when there are more files than the app takes', async () => {
        const before = asked;

        const answer = await lab.chat(app, {
          query: 'too many',
          files: Array.from({ length: 4 }, () => ({ type: 'image', transfer_method: 'remote_url', url: `${webUrl}/image.png` })),
        });

        expect(answer).toMatchObject({
          status: 400,
          body: { code: 'invalid_param', message: 'Number of image files exceeds the maximum limit 3' },
        });
        expect(asked).toBe(before);
      });

      it('should ask no address where the app takes uploads only', async () => {
        const uploadsOnly = await lab.createApp('chat', {
          file_upload: { ...TAKES_FILES.file_upload, allowed_file_upload_methods: ['local_file'] },
        });
        const before = asked;

        const answer = await lab.chat(uploadsOnly, {
          query: 'no address',
          files: [{ type: 'image', transfer_method: 'remote_url', url: `${webUrl}/image.png` }],
        });

        expect(answer).toMatchObject({
          status: 400,
          body: { code: 'invalid_param', message: 'File validation failed for file: image.png' },
        });
        expect(asked).toBe(before);
      });

      it.each([
        ['an unknown upload', () => [{ type: 'image', transfer_method: 'local_file', upload_file_id: UNKNOWN }]],
        ['an upload id that is none', () => [{ type: 'image', transfer_method: 'local_file', upload_file_id: '../x' }]],
        ['an address that can not be read', () => [{ type: 'image', transfer_method: 'remote_url', url: `${webUrl}/none.png` }]],
        ['an address that is none', () => [{ type: 'image', transfer_method: 'remote_url', url: 'notaurl' }]],
        [
          'an address of the machine itself',
          () => [{ type: 'image', transfer_method: 'remote_url', url: 'http://169.254.169.254/latest' }],
        ],
        ['too many', () => Array.from({ length: 200 }, () => ({ type: 'image', transfer_method: 'local_file', upload_file_id: UNKNOWN }))],
      ])('should refuse %s before anything is written', async (_, files) => {
        const count = () => lab.sql.row('select count(*) from messages');
        const before = await count();

        expect((await lab.chat(app, { query: 'x', files: files() })).status).toBe(400);
        expect(await count()).toEqual(before);
      });

      it('should not take files of another workspace', async () => {
        const stranger = await secondWorkspace(lab.app, 'owner@c.example');
        await lab.sql.run('update upload_files set tenant_id = $1 where name = $2', [
          (await stranger.post('/workspaces/current', {})).body.id,
          'noext',
        ]);
        const foreign = (await lab.sql.row<{ id: string }>(`select id from upload_files where name = 'noext'`))!.id;

        expect(
          await lab.chat(app, { query: 'x', files: [{ type: 'document', transfer_method: 'local_file', upload_file_id: foreign }] }),
        ).toMatchObject({ status: 400, body: { message: 'Invalid upload file' } });
      });
    });

    describe('files at addresses', () => {
      const fetchFile = (path: string) => lab.owner.post('/remote-files/upload', { url: `${webUrl}${path}` });

      it('should keep what it fetches (trace console/files-upload)', async () => {
        const { status, body } = await fetchFile('/image.png');

        expect(status).toBe(201);
        expect(Object.keys(body)).toEqual(['id', 'name', 'size', 'extension', 'url', 'mime_type', 'created_by', 'created_at']);
        expect(body).toMatchObject({ name: 'image.png', size: PNG.length, extension: 'png', mime_type: 'image/png' });
        expect((await fetch(lab.base + new URL(body.url).pathname + new URL(body.url).search)).status).toBe(200);
        expect((await fetchFile('/named')).body).toMatchObject({ name: 'bé.txt' });
      });

      it('should tell type and length', async () => {
        expect(await lab.owner.get(`/remote-files/${encodeURIComponent(`${webUrl}/image.png`)}`)).toMatchObject({
          status: 200,
          body: { file_type: 'image/png', file_length: PNG.length },
        });
      });

      it.each([
        ['/none', 400, 'remote_file_upload_error'],
        ['/endless', 413, 'file_too_large'],
      ])('should give %s up', async (path, status, code) => {
        expect(await fetchFile(path)).toMatchObject({ status, body: { code } });
      });

      it('should not reach what is closed', async () => {
        expect(await lab.owner.post('/remote-files/upload', { url: 'http://169.254.169.254/x' })).toMatchObject({ status: 400 });
        expect(await lab.owner.post('/remote-files/upload', { url: 'file:///etc/passwd' })).toMatchObject({ status: 400 });
      });
    });
  },
  { connect: false },
);
