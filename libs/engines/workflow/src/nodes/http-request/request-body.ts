import { randomBytes } from 'node:crypto';
import { pythonJson, pythonRepr, type PythonJson } from '#common';
import { fillText } from '../../models/text-template.js';
import { filesIn } from '../../models/prompt-files.js';
import { requiredPort } from '../../ports/required-port.js';
import type { FileValue } from '../../values/file-value.js';
import type { NodeContext } from '../node-type.js';
import { compactJson } from './compact-json.js';
import { httpFailure } from './http-failures.js';
import type { BodyItem, BodyKind, HttpSettings } from './http-settings.js';
import { readLenientJson } from './lenient-json.js';
import { bytesNote, readableTokens } from './log-text.js';
import { multipartBody, type FormPart } from './multipart.js';
import { formEncoded } from './request-lines.js';

/** The body of a request. */
export interface RequestBody {
  /** What is sent, secrets revealed; null: nothing. */
  readonly bytes: Uint8Array | null;
  /** What the log shows: secrets are tokens, files are notes. */
  readonly log: string;
  /** The media type; null: none is told. */
  readonly contentType: string | null;
  /** The media type must be this one: it names the form's boundary. */
  readonly fixesContentType: boolean;
}

const NO_BODY: RequestBody = { bytes: null, log: '', contentType: null, fixesContentType: false };

/** Fills the body of a request (contract workflow-engine 7.12). Throws `NodeFailure`. */
export async function requestBody({ body: { kind, items } }: HttpSettings, context: NodeContext): Promise<RequestBody> {
  switch (kind) {
    case 'none':
      return NO_BODY;
    case 'raw-text':
      return textBody(fillText(onlyItem(kind, items).value, context), context);
    case 'json':
      return jsonBody(fillText(onlyItem(kind, items).value, context), context);
    case 'binary':
      return binaryBody(onlyItem(kind, items), context);
    case 'x-www-form-urlencoded':
      return urlencodedBody(items, context);
    case 'form-data':
      return formBody(items, context);
  }
}

function onlyItem(kind: BodyKind, items: readonly BodyItem[]): BodyItem {
  const [item] = items;
  if (item === undefined || items.length > 1) throw httpFailure('RequestBodyError', `${kind} body type should have exactly one item`);
  return item;
}

function textBody(text: string, { secrets }: NodeContext): RequestBody {
  return { bytes: Buffer.from(secrets.revealText(text)), log: text, contentType: 'text/plain', fixesContentType: false };
}

function jsonBody(text: string, { secrets }: NodeContext): RequestBody {
  const revealed = secrets.revealText(text);
  let value: PythonJson;
  try {
    value = readLenientJson(revealed);
  } catch (error) {
    throw httpFailure('RequestBodyError', `Failed to parse JSON: ${text}`, error);
  }
  // Where a secret is part of it the log shows the text as it was written: the name stands where the value was put in.
  const log = revealed === text ? pythonJson(value) : text;
  return { bytes: Buffer.from(compactJson(value)), log, contentType: 'application/json', fixesContentType: false };
}

async function binaryBody(item: BodyItem, context: NodeContext): Promise<RequestBody> {
  const [file] = filesIn(context.pool.get(item.file));
  if (file === undefined) throw httpFailure('FileFetchError', `cannot fetch file with selector ${pythonRepr([...item.file])}`);
  const bytes = await bytesOf(file, context);
  return { bytes, log: bytesNote({ ...describe(file), size: bytes.length }), contentType: null, fixesContentType: false };
}

function urlencodedBody(items: readonly BodyItem[], context: NodeContext): RequestBody {
  const { secrets } = context;
  const fields = [...textsByKey(items, context)];
  const revealed = fields.map(([key, value]) => [secrets.revealText(key), secrets.revealText(value)] as const);
  return {
    bytes: Buffer.from(formEncoded(revealed)),
    log: readableTokens(formEncoded(fields)),
    contentType: 'application/x-www-form-urlencoded',
    fixesContentType: false,
  };
}

async function formBody(items: readonly BodyItem[], context: NodeContext): Promise<RequestBody> {
  const boundary = `----BayaFormBoundary${randomBytes(12).toString('hex')}`;
  const texts = [
    ...textsByKey(
      items.filter(({ isFile }) => !isFile),
      context,
    ),
  ].map(([name, value]) => textPart(name, value));
  const files = await Promise.all(items.filter(({ isFile }) => isFile).map((item) => fileParts(item, context)));
  // A form without any part is none: this keeps it one.
  const parts = [...texts, ...files.flat()];
  if (parts.length === 0)
    parts.push({ name: '__multipart_placeholder__', content: new Uint8Array(), file: { name: '', mimeType: OCTETS } });
  const log = parts.map((part) => (part.file === undefined ? part : { ...part, content: Buffer.from(noteOf(part)), file: undefined }));
  return {
    bytes: multipartBody(
      parts.map((part) => revealedPart(part, context)),
      boundary,
    ),
    log: Buffer.from(
      multipartBody(
        log.map(({ name, content }) => ({ name, content })),
        boundary,
      ),
    ).toString('utf8'),
    contentType: `multipart/form-data; boundary=${boundary}`,
    fixesContentType: true,
  };
}

/** Fields as texts; of two with one key the later one counts. */
function textsByKey(items: readonly BodyItem[], context: NodeContext): Map<string, string> {
  return new Map(items.map(({ key, value }) => [fillText(key, context), fillText(value, context)]));
}

function textPart(name: string, value: string): FormPart {
  return { name, content: Buffer.from(value) };
}

async function fileParts(item: BodyItem, context: NodeContext): Promise<FormPart[]> {
  const name = fillText(item.key, context);
  return Promise.all(
    filesIn(context.pool.get(item.file)).map(async (file) => ({ name, content: await bytesOf(file, context), file: describe(file) })),
  );
}

function revealedPart(part: FormPart, { secrets }: NodeContext): FormPart {
  if (part.file !== undefined || secrets.isEmpty) return secrets.reveal(part);
  return textPart(secrets.revealText(part.name), secrets.revealText(Buffer.from(part.content).toString('utf8')));
}

function noteOf({ content, file }: FormPart): string {
  return bytesNote({ name: file?.name ?? '', mimeType: file?.mimeType ?? OCTETS, size: content.length });
}

const OCTETS = 'application/octet-stream';

function describe({ facts }: FileValue): { name: string; mimeType: string } {
  return { name: facts.filename ?? 'file', mimeType: facts.mimeType ?? OCTETS };
}

async function bytesOf(file: FileValue, context: NodeContext): Promise<Uint8Array> {
  try {
    return await requiredPort(context.ports, 'files').read(context.secrets.reveal(file), context.signal);
  } catch (error) {
    context.signal.throwIfAborted();
    throw httpFailure('FileFetchError', `cannot fetch file ${file.facts.filename ?? ''}: ${(error as Error).message}`, error);
  }
}
