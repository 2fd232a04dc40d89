import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { isUuid, NotFoundError } from '#common';
import { FileStorage } from '#platform/storage';
import { FileGrants, type FileReader } from '../file-grants.js';
import { FileAccessDeniedError, FileLinkError, FileNotFoundError, UnsupportedFileTypeError } from '../files.errors.js';
import { PLAIN_TEXT_EXTENSIONS, PREVIEW_CHARACTERS } from '../files.constants.js';
import { UploadFileRepository } from '../repositories/upload-file.repository.js';
import type { UploadFile } from '../upload-file.js';
import { FileLinks, type LinkKind, type LinkSignature } from './file-links.js';

/** Bytes of UTF-8 that hold any text of {@link PREVIEW_CHARACTERS} characters. */
const PREVIEW_BYTES = PREVIEW_CHARACTERS * 4;

/** Finds stored files and opens them for those who may read them. */
@Injectable()
export class FileService {
  constructor(
    private readonly files: UploadFileRepository,
    private readonly storage: FileStorage,
    private readonly grants: FileGrants,
    private readonly links: FileLinks,
  ) {}

  /** Files of a workspace by id; ids that are unknown, of another workspace or no UUID are left out. */
  async findMany(tenantId: string, ids: readonly string[]): Promise<ReadonlyMap<string, UploadFile>> {
    const found = await this.files.findMany(tenantId, [...new Set(ids.filter(isUuid))]);
    return new Map(found.map((file) => [file.id, file]));
  }

  /** A file that is attached to something of the reader's. Throws 404 `file_not_found` or 403 `file_access_denied`. */
  async getForApp(reader: FileReader, fileId: string): Promise<UploadFile> {
    const verdict = await this.grants.check(reader, fileId);
    if (verdict === 'denied') throw new FileAccessDeniedError();
    const file = verdict === 'granted' ? (await this.files.findMany(reader.tenantId, [fileId]))[0] : undefined;
    if (file === undefined) throw new FileNotFoundError();
    return file;
  }

  /** The file of a signed link. Throws 404 when the link does not hold. */
  async getBySignature(kind: LinkKind, fileId: string, signature: LinkSignature): Promise<UploadFile> {
    const file = await this.files.findBySignedId(fileId);
    if (file === null || !this.links.holds(kind, file, signature)) throw new FileLinkError();
    return file;
  }

  /** The bytes. Throws 404 when the storage has lost them. */
  open(file: UploadFile): Promise<Readable> {
    return this.storage.get(file.key);
  }

  /** All bytes, for a model. Throws 413 when there are more than `maxBytes`. */
  read(file: UploadFile, maxBytes: number): Promise<Uint8Array> {
    return this.storage.read(file.key, maxBytes);
  }

  /** The beginning of a document as text. Throws 404 for a file of another workspace, 415 for what is no plain text. */
  async previewText(tenantId: string, fileId: string): Promise<string> {
    const file = (await this.files.findMany(tenantId, [fileId]))[0];
    if (file === undefined) throw new NotFoundError('File not found');
    if (!PLAIN_TEXT_EXTENSIONS.includes(file.extension)) throw new UnsupportedFileTypeError();
    const stream = await this.open(file);
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      length += chunk.length;
      if (length >= PREVIEW_BYTES) break;
    }
    return [...Buffer.concat(chunks).toString('utf8')].slice(0, PREVIEW_CHARACTERS).join('');
  }
}
