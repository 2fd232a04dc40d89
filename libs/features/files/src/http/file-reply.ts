import { StreamableFile } from '@nestjs/common';
import type { Readable } from 'node:stream';
import type { HttpReply } from '#platform/http';
import type { UploadFile } from '../upload-file.js';
import { isSafeInline } from '../services/content-type.js';
import { dispositionOf } from '../services/file-name.js';

const SEEKABLE = /^(?:audio|video)\//;

/** How a file leaves. */
export interface FileReplyOptions {
  /** Sends it as a download whatever it is. */
  asAttachment: boolean;
  /** Media type to name instead of the file's own. */
  contentType?: string;
  /** Lets the caller's browser keep it for an hour. */
  cached?: boolean;
}

/** Sends a file's bytes. What a browser might run as a page of ours (HTML, SVG, XML, unknown types) is a download. */
export function sendFile(reply: HttpReply, file: UploadFile, bytes: Readable, options: FileReplyOptions): StreamableFile {
  const isDownload = options.asAttachment || !isSafeInline(file.mimeType);
  reply.header('content-security-policy', "default-src 'none'; sandbox");
  if (SEEKABLE.test(file.mimeType)) reply.header('accept-ranges', 'bytes');
  if (options.cached === true) reply.header('cache-control', 'public, max-age=3600');
  return new StreamableFile(bytes, {
    type: options.contentType ?? (isDownload ? 'application/octet-stream' : file.mimeType),
    length: file.size,
    disposition: isDownload ? dispositionOf('attachment', file.name) : dispositionOf('inline', file.name),
  });
}
