import { createHash, createHmac, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A stored object as the server holds it. */
export interface StoredObject {
  bytes: Buffer;
  contentType: string | undefined;
}

interface Upload {
  key: string;
  contentType: string | undefined;
  parts: Map<number, Buffer>;
}

const sha256 = (data: Buffer | string): string => createHash('sha256').update(data).digest('hex');
const hmac = (key: Buffer | string, data: string): Buffer => createHmac('sha256', key).update(data).digest();
const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

/** A small S3 in memory: path style, one bucket; refuses requests whose signature (AWS SigV4) or payload hash is wrong. */
export class S3Server {
  readonly objects = new Map<string, StoredObject>();
  readonly uploads = new Map<string, Upload>();
  /** Methods and paths that were asked, in order. */
  readonly requests: string[] = [];
  /** Answers 503 to everything while true. */
  down = false;
  private server?: Server;

  constructor(
    readonly bucket: string,
    readonly accessKey: string,
    readonly secretKey: string,
  ) {}

  /** Listens on a free port and tells its address. */
  async start(): Promise<string> {
    this.server = createServer((request, response) => void this.serve(request, response));
    await new Promise<void>((resolve) => this.server?.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${String((this.server?.address() as AddressInfo).port)}`;
  }

  async stop(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((resolve) => this.server?.close(resolve));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const url = new URL(request.url ?? '/', 'http://x');
    this.requests.push(`${request.method ?? ''} ${url.pathname}`);
    if (this.down) {
      fail(response, 503, 'SlowDown');
      return;
    }
    if (!this.isSigned(request, url, body)) {
      fail(response, 403, 'SignatureDoesNotMatch');
      return;
    }
    const [, bucket, ...rest] = decodeURIComponent(url.pathname).split('/');
    if (bucket !== this.bucket) {
      fail(response, 404, 'NoSuchBucket');
      return;
    }
    this.answer(request, response, url, rest.join('/'), body);
  }

  private answer(request: IncomingMessage, response: ServerResponse, url: URL, key: string, body: Buffer): void {
    const contentType = request.headers['content-type'];
    const uploadId = url.searchParams.get('uploadId');
    if (request.method === 'POST' && url.searchParams.has('uploads')) {
      const id = randomUUID();
      this.uploads.set(id, { key, contentType, parts: new Map() });
      xml(response, `<InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`);
      return;
    }
    if (uploadId !== null) {
      this.answerUpload(request, response, url, uploadId, body);
      return;
    }
    if (request.method === 'PUT') {
      this.objects.set(key, { bytes: body, contentType });
      response.setHeader('etag', `"${sha256(body)}"`).end();
      return;
    }
    if (request.method === 'DELETE') {
      this.objects.delete(key);
      response.writeHead(204).end();
      return;
    }
    const found = this.objects.get(key);
    if (key === '') response.end();
    else if (!found) fail(response, 404, 'NoSuchKey');
    else response.writeHead(200, { 'content-length': found.bytes.length }).end(request.method === 'HEAD' ? undefined : found.bytes);
  }

  private answerUpload(request: IncomingMessage, response: ServerResponse, url: URL, id: string, body: Buffer): void {
    const upload = this.uploads.get(id);
    if (!upload) {
      fail(response, 404, 'NoSuchUpload');
      return;
    }
    if (request.method === 'PUT') {
      upload.parts.set(Number(url.searchParams.get('partNumber')), body);
      response.setHeader('etag', `"${sha256(body)}"`).end();
      return;
    }
    this.uploads.delete(id);
    if (request.method === 'DELETE') {
      response.writeHead(204).end();
      return;
    }
    const named = [...body.toString().matchAll(/<PartNumber>(\d+)<\/PartNumber>/g)].map((match) => Number(match[1]));
    const parts = named.map((number) => upload.parts.get(number) ?? Buffer.alloc(0));
    if (parts.slice(0, -1).some((part) => part.length < 5 * 1024 * 1024)) {
      fail(response, 400, 'EntityTooSmall');
      return;
    }
    this.objects.set(upload.key, { bytes: Buffer.concat(parts), contentType: upload.contentType });
    xml(response, '<CompleteMultipartUploadResult><ETag>"x"</ETag></CompleteMultipartUploadResult>');
  }

  private isSigned(request: IncomingMessage, url: URL, body: Buffer): boolean {
    const match =
      /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d+)\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]+)$/.exec(
        request.headers.authorization ?? '',
      );
    if (!match) return false;
    const [, accessKey = '', day = '', region = '', signedHeaders = '', signature = ''] = match;
    const payload = String(request.headers['x-amz-content-sha256']);
    if (accessKey !== this.accessKey || (payload !== 'UNSIGNED-PAYLOAD' && payload !== sha256(body))) return false;
    const headers = signedHeaders.split(';').map((name) => `${name}:${String(request.headers[name] ?? '').trim()}\n`);
    const query = [...url.searchParams].map(([name, value]) => `${encode(name)}=${encode(value)}`).sort();
    const canonical = [request.method, url.pathname, query.join('&'), headers.join(''), signedHeaders, payload].join('\n');
    const text = ['AWS4-HMAC-SHA256', request.headers['x-amz-date'], `${day}/${region}/s3/aws4_request`, sha256(canonical)].join('\n');
    const key = hmac(hmac(hmac(hmac(`AWS4${this.secretKey}`, day), region), 's3'), 'aws4_request');
    return hmac(key, text).toString('hex') === signature;
  }
}

function xml(response: ServerResponse, body: string): void {
  response.writeHead(200, { 'content-type': 'application/xml' }).end(`<?xml version="1.0"?>${body}`);
}

function fail(response: ServerResponse, status: number, code: string): void {
  response
    .writeHead(status, { 'content-type': 'application/xml' })
    .end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`);
}
