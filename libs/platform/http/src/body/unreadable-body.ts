import type { AppError } from '#common';

/**
 * Stands in the place of a body that could not be read. The error is thrown where the body is looked at, so that a caller
 * without a credential gets his 401 first, and routes without a body don't care (contract console-accounts 1.2).
 */
export class UnreadableBody {
  constructor(readonly error: AppError) {}
}
