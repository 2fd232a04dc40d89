import type { HttpAnswer } from '../../ports/http.port.js';
import type { HttpLimits } from '../../run/run-options.js';
import { isFileAnswer, SAMPLE_BYTES } from './answer-file.js';
import { httpFailure } from './http-failures.js';

/** The whole body of an answer. */
export interface ReadAnswer {
  readonly bytes: Uint8Array;
  readonly isFile: boolean;
}

/** Reads the body of an answer, no further than it may be long: a file more than a text. Throws `NodeFailure` for one that is longer. */
export async function readAnswer({ headers, body }: HttpAnswer, limits: HttpLimits): Promise<ReadAnswer> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  let isFile: boolean | undefined;
  for await (const piece of body) {
    pieces.push(piece);
    size += piece.length;
    if (isFile === undefined && size >= SAMPLE_BYTES) isFile = isFileAnswer(headers, Buffer.concat(pieces).subarray(0, SAMPLE_BYTES));
    if (size > limitOf(limits, isFile)) throw tooLarge(limits, isFile ?? isFileAnswer(headers, Buffer.concat(pieces)));
  }
  const bytes = Buffer.concat(pieces);
  isFile ??= isFileAnswer(headers, bytes);
  if (size > limitOf(limits, isFile)) throw tooLarge(limits, isFile);
  return { bytes, isFile };
}

/** Until it is known what the answer is, the larger bound holds. */
function limitOf({ maxBinaryBytes, maxTextBytes }: HttpLimits, isFile: boolean | undefined): number {
  return isFile === undefined ? Math.max(maxBinaryBytes, maxTextBytes) : isFile ? maxBinaryBytes : maxTextBytes;
}

function tooLarge(limits: HttpLimits, isFile: boolean): Error {
  const [kind, setting] = isFile
    ? (['File', 'HTTP_REQUEST_NODE_MAX_BINARY_SIZE'] as const)
    : (['Text', 'HTTP_REQUEST_NODE_MAX_TEXT_SIZE'] as const);
  const most = (limitOf(limits, isFile) / 1024 / 1024).toFixed(2);
  return httpFailure('ResponseSizeError', `${kind} size is too large, max size is ${most} MB (${setting}), and the answer is larger.`);
}
