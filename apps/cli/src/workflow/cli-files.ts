import { mkdtemp, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import mime from 'mime-types';
import { uuidv7, NIL_UUID } from '#common';
import { fileTypeOf } from '#engines/chat';
import { FileValue, WorkflowFiles, type FileFacts, type NewFile } from '#engines/workflow';
import type { OutboundHttp } from '#platform/http';
import { UsageError } from '../command.js';

/** `UPLOAD_FILE_SIZE_LIMIT` of a server is 15 MB by default; here the machine is the user's own. Bytes. */
const LARGEST = 200 * 1024 * 1024;
const URL_START = /^https?:\/\//;

/** Files of this machine and of the web for a run; what nodes make is kept in a folder of its own below the system's folder for temporary files. */
export class CliFiles extends WorkflowFiles {
  private readonly paths = new Map<string, string>();
  private folder: Promise<string> | undefined;

  constructor(private readonly http: OutboundHttp) {
    super();
  }

  /** The file at a path, or at a URL. Throws {@link UsageError} when there is none. */
  async open(place: string): Promise<FileValue> {
    if (URL_START.test(place)) {
      const filename = basename(new URL(place).pathname);
      return new FileValue({ ...factsOf(filename), transferMethod: 'remote_url', remoteUrl: place, relatedId: null, size: -1, url: null });
    }
    const facts = await stat(place).catch(() => null);
    if (facts?.isFile() !== true) throw new UsageError(`there is no file ${place}`);
    return this.keep(place, basename(place), facts.size, 'local_file');
  }

  override async read({ facts }: FileValue, signal?: AbortSignal): Promise<Uint8Array> {
    const path = facts.relatedId === null ? undefined : this.paths.get(facts.relatedId);
    if (path !== undefined) return readFile(path, { signal });
    if (facts.remoteUrl === null) throw new Error(`The file ${facts.filename ?? ''} is not of this run.`);
    const response = await this.http.request('public', {
      method: 'GET',
      url: facts.remoteUrl,
      redirects: 5,
      maxBytes: LARGEST,
      ...(signal === undefined ? {} : { signal }),
    });
    if (response.status !== 200) throw new Error(`${facts.remoteUrl} answered ${response.status}.`);
    return response.bytes();
  }

  override async publicUrl({ facts }: FileValue): Promise<string> {
    if (facts.remoteUrl !== null) return facts.remoteUrl;
    throw new Error('A file of this machine has no address that a model could read: send files as bytes.');
  }

  override async store(file: NewFile): Promise<FileValue> {
    const extension = file.filename === null ? `.${mime.extension(file.mimeType) || 'bin'}` : extname(file.filename);
    const filename = file.filename === null ? `${uuidv7()}${extension}` : basename(file.filename);
    this.folder ??= mkdtemp(join(tmpdir(), 'baya-run-'));
    const path = join(await this.folder, `${uuidv7()}${extension}`);
    await writeFile(path, file.bytes, { mode: 0o600 });
    const value = this.keep(path, filename, file.bytes.length, 'tool_file');
    return new FileValue({ ...value.facts, type: file.type, mimeType: file.mimeType });
  }

  private keep(path: string, filename: string, size: number, transferMethod: FileFacts['transferMethod']): FileValue {
    const relatedId = uuidv7();
    this.paths.set(relatedId, path);
    return new FileValue({ ...factsOf(filename), transferMethod, remoteUrl: null, relatedId, size, url: pathToFileURL(path).href });
  }
}

function factsOf(filename: string): Pick<FileFacts, 'id' | 'tenantId' | 'type' | 'filename' | 'extension' | 'mimeType'> {
  const extension = extname(filename);
  const mimeType = mime.lookup(filename) || 'application/octet-stream';
  return { id: null, tenantId: NIL_UUID, type: fileTypeOf({ extension, mimeType }), filename, extension, mimeType };
}
