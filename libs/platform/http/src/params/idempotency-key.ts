import { InvalidParamError } from '#common';

/** Longest value of the header. Unit: characters. */
export const MAX_IDEMPOTENCY_KEY = 255;

const VISIBLE = /^[\x21-\x7e]+$/;

/** Reads an `Idempotency-Key` header. Null when absent; throws 400 `invalid_param` when it can't be a key. */
export function parseIdempotencyKey(header: string | string[] | undefined): string | null {
  if (header === undefined) return null;
  const key = (Array.isArray(header) ? header.join(',') : header).trim();
  if (key.length <= MAX_IDEMPOTENCY_KEY && VISIBLE.test(key)) return key;
  throw new InvalidParamError(`Idempotency-Key must be 1 to ${MAX_IDEMPOTENCY_KEY} visible ASCII characters without spaces.`, {
    params: 'Idempotency-Key',
  });
}
