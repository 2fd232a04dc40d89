import { Injectable } from '@nestjs/common';
import { AppError, InvalidParamError } from '#common';
import { OutboundError, OutboundHttp, OutboundUrlError, type OutboundResponse } from '#platform/http';
import { lookup as mimeTypeOf } from 'mime-types';
import { RemoteFileError } from '../files.errors.js';
import type { UploadFile, Uploader } from '../upload-file.js';
import { extensionOf } from './file-name.js';
import { FileUploadService } from './file-upload.service.js';

/** Until the headers come, and between two pieces of the body. */
const TIMEOUT_MS = 20_000;
/** For the whole file: a server that sends a byte now and then must not hold an upload or a run for ever. */
const TOTAL_MS = 300_000;
const REDIRECTS = 5;
const OCTETS = 'application/octet-stream';

/** What another server tells about a file. */
export interface RemoteFileFacts {
  name: string;
  mimeType: string;
  /** Bytes; -1 when it does not tell. */
  size: number;
}

/** Files at addresses that a user gave. All requests go through the guarded client. */
@Injectable()
export class RemoteFiles {
  constructor(
    private readonly http: OutboundHttp,
    private readonly uploads: FileUploadService,
  ) {}

  /** Asks for a file's name, type and size without reading it. Throws 400 when the address can't be read. */
  async probe(url: string): Promise<RemoteFileFacts> {
    const head = await this.send('HEAD', url);
    head.discard();
    if (head.status < 400) return factsOf(head);
    const whole = await this.open(url);
    whole.discard();
    return factsOf(whole);
  }

  /** Fetches a file of at most `maxBytes`. Throws 400. */
  async read(url: string, maxBytes: number, signal?: AbortSignal): Promise<Uint8Array> {
    const response = await this.open(url, { maxBytes, ...(signal && { signal }) });
    try {
      return await response.bytes();
    } catch (error) {
      if (signal?.aborted === true) throw error;
      throw asRemoteError(url, error);
    }
  }

  /** Fetches a file and keeps it like an upload. Throws 400, 413 or 415. */
  async upload(tenantId: string, uploader: Uploader, url: string): Promise<UploadFile> {
    const response = await this.open(url);
    const { name, mimeType, size } = factsOf(response);
    try {
      return await this.uploads.store({
        tenantId,
        uploader,
        name,
        declaredType: mimeType,
        data: response.body,
        sourceUrl: url,
        ...(size >= 0 && { size }),
      });
    } catch (error) {
      throw error instanceof OutboundError ? asRemoteError(url, error) : error;
    } finally {
      response.discard();
    }
  }

  private async open(url: string, limits: { maxBytes?: number; signal?: AbortSignal } = {}): Promise<OutboundResponse> {
    const response = await this.send('GET', url, limits);
    if (response.status < 400) return response;
    response.discard();
    throw new RemoteFileError(url, `the server answered with status ${response.status}`);
  }

  private async send(
    method: 'HEAD' | 'GET',
    url: string,
    limits: { maxBytes?: number; signal?: AbortSignal } = {},
  ): Promise<OutboundResponse> {
    try {
      return await this.http.request('public', {
        method,
        url,
        timeoutMs: TIMEOUT_MS,
        bodyTimeoutMs: TIMEOUT_MS,
        totalMs: TOTAL_MS,
        redirects: REDIRECTS,
        ...limits,
      });
    } catch (error) {
      if (limits.signal?.aborted === true) throw error;
      throw asRemoteError(url, error);
    }
  }
}

/** No answer is `invalid_param` (trace console/files-upload); an answer that is an error is `remote_file_upload_error`. */
function asRemoteError(url: string, error: unknown): Error {
  if (error instanceof OutboundError || error instanceof OutboundUrlError)
    return new InvalidParamError(`Failed to fetch file from ${url}: ${error.message}`, { params: 'url', cause: error });
  return error instanceof AppError ? error : new RemoteFileError(url, 'it can not be read', error);
}

/** Name from `Content-Disposition`, else from the path; type from the name, else as told (contract models-agents-tools 16). */
function factsOf(response: OutboundResponse): RemoteFileFacts {
  const told = header(response, 'content-type').split(';')[0]?.trim() ?? '';
  const name = dispositionName(header(response, 'content-disposition')) || pathName(response.url) || 'file';
  const length = header(response, 'content-length');
  return { name, mimeType: mimeTypeOf(extensionOf(name)) || told || OCTETS, size: /^\d{1,15}$/.test(length) ? Number(length) : -1 };
}

function header(response: OutboundResponse, name: string): string {
  const value = response.headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? '';
}

function dispositionName(disposition: string): string {
  const extended = /filename\*\s*=\s*utf-8''([^;\s]+)/i.exec(disposition)?.[1];
  const plain = /filename\s*=\s*(?:"([^"]*)"|([^;\s]+))/i.exec(disposition);
  return baseName(extended === undefined ? (plain?.[1] ?? plain?.[2] ?? '') : decoded(extended));
}

function pathName(url: string): string {
  return baseName(decoded(new URL(url).pathname));
}

function baseName(path: string): string {
  return path.split(/[/\\]/).at(-1)?.trim() ?? '';
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
