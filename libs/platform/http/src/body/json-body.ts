import { isUtf8 } from 'node:buffer';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { BadRequestError, isDeeperThan, storableText } from '#common';
import { UnsupportedMediaTypeError } from '../errors/http.errors.js';
import { MAX_JSON_DEPTH } from './free-form.decorator.js';
import { EmptyBody, UnreadableBody } from './unreadable-body.js';

const OPEN_OBJECT = 0x7b;
const OPEN_LIST = 0x5b;
/** `application/json` and the types built on it, such as `application/problem+json`, whatever parameters follow. */
const JSON_TYPE = /^application\/(?:[^\s;,/]+\+)?json\s*(?:;|$)/i;
const UNSTORABLE_ESCAPE = /\\u(?:0000|[dD][89a-fA-F])/;

/** Reads JSON bodies, and puts an {@link UnreadableBody} in the place of any other body; a form is read where a route asks for it. */
export function registerBodyParsers(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser<Buffer>(JSON_TYPE, { parseAs: 'buffer' }, (_request, bytes, done) => done(null, parseJsonBody(bytes)));
  // The bytes of what nobody reads are discarded by Node once the answer is out.
  fastify.addContentTypeParser('*', (_request: FastifyRequest, _payload, done) =>
    done(null, new UnreadableBody(new UnsupportedMediaTypeError())),
  );
  // To the parser of forms a form is no body at all, and a route whose body may be left out would take it for that.
  fastify.addHook('preValidation', (request, _reply, done) => {
    if (request.isMultipart()) request.body = new UnreadableBody(new UnsupportedMediaTypeError());
    done();
  });
}

/** A JSON text as a value whose strings a database can store, or what is wrong with it. Never throws. */
export function parseJsonBody(bytes: Buffer): unknown {
  if (bytes.length === 0) return new EmptyBody();
  if (!isUtf8(bytes)) return new UnreadableBody(new BadRequestError('The body is no UTF-8 text. Send JSON in UTF-8.'));
  const text = bytes.toString('utf8');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    return new UnreadableBody(new BadRequestError('The body is no valid JSON. Check its syntax and send it again.', cause));
  }
  if (mayBeDeep(bytes) && isDeeperThan(value, MAX_JSON_DEPTH)) {
    return new UnreadableBody(new BadRequestError(`The body nests objects and lists deeper than ${MAX_JSON_DEPTH} levels.`));
  }
  return UNSTORABLE_ESCAPE.test(text) ? withStorableText(value) : value;
}

/** Fewer brackets than levels can't nest too deep: spares the walk for nearly every body. */
function mayBeDeep(bytes: Buffer): boolean {
  let brackets = 0;
  for (const byte of bytes) {
    if ((byte === OPEN_OBJECT || byte === OPEN_LIST) && ++brackets > MAX_JSON_DEPTH) return true;
  }
  return false;
}

/** The value with NUL removed and lone surrogates replaced in all its texts and keys. At most {@link MAX_JSON_DEPTH} deep. */
function withStorableText(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(withStorableText);
  // fromEntries defines own properties, so that a key named __proto__ stays data.
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [storableText(key), withStorableText(item)]));
}
