import type { FastifyRequest } from 'fastify';
import { AppError, BadRequestError, storableText } from '#common';
import { PayloadTooLargeError } from '../errors/http.errors.js';
import { UploadedPart } from './uploaded-part.js';

const MAX_FIELDS = 100;
const MAX_FILES = 20;
const MAX_FIELD_BYTES = 1024 * 1024;

/** A multipart form: its texts and its files. */
export interface UploadForm {
  /** The first value of each text field, storable (no NUL). */
  readonly fields: Readonly<Record<string, string>>;
  readonly files: readonly UploadedPart[];
  /** The first file of a field, or null. */
  file(field: string): UploadedPart | null;
}

/**
 * Reads the multipart form of a request; a second call gives the same form. A body of another type is an empty form, so that the
 * route names what is missing. Throws 400 or 413.
 */
export function readForm(request: FastifyRequest): Promise<UploadForm> {
  request.form ??= receive(request);
  return request.form;
}

/** Removes what a request's form left on the disk. */
export async function disposeForm(request: FastifyRequest): Promise<void> {
  const form = await request.form?.catch(() => null);
  await Promise.all(form?.files.map((file) => file.dispose()) ?? []);
}

async function receive(request: FastifyRequest): Promise<UploadForm> {
  if (!request.isMultipart()) return { fields: {}, files: [], file: () => null };
  const limit = request.server.uploadLimit;
  const fields: Record<string, string> = Object.create(null) as Record<string, string>;
  const files: UploadedPart[] = [];
  let total = 0;
  const count = (bytes: number): void => {
    total += bytes;
    if (total > limit) throw new PayloadTooLargeError(`The form is larger than ${limit} bytes.`);
  };
  try {
    // preservePath: a name that holds a path is refused by whoever keeps it, not cut to its end in silence.
    const limits = { fileSize: limit, fields: MAX_FIELDS, files: MAX_FILES, parts: MAX_FIELDS + MAX_FILES, fieldSize: MAX_FIELD_BYTES };
    for await (const part of request.parts({ limits, preservePath: true })) {
      if (part.type === 'file') {
        const facts = { field: part.fieldname, filename: storableText(part.filename ?? ''), mimetype: storableText(part.mimetype) };
        files.push(await UploadedPart.receive(facts, part.file, count));
      } else if (!(part.fieldname in fields)) {
        fields[part.fieldname] = storableText(String(part.value));
      }
    }
  } catch (error) {
    await Promise.all(files.map((file) => file.dispose()));
    throw toFormError(error);
  }
  return { fields, files, file: (field) => files.find((file) => file.field === field) ?? null };
}

function toFormError(error: unknown): Error {
  if (error instanceof AppError) return error;
  const { statusCode } = error as { statusCode?: number };
  if (statusCode === 413) return new PayloadTooLargeError('The form, or a part of it, is larger than this server takes.');
  return new BadRequestError('The multipart form can not be read. Check its boundary and that it is complete.', error);
}
