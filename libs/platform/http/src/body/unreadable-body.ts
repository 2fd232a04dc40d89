import { type AppError, BadRequestError } from '#common';

/**
 * Stands in the place of a body that could not be read. The error is thrown where the body is looked at, so that a caller
 * without a credential gets his 401 first, and routes without a body don't care (contract console-accounts 1.2).
 */
export class UnreadableBody {
  constructor(readonly error: AppError) {}
}

/** Nothing, where JSON was announced, as the console sends with every DELETE; fine where the body is optional. */
export class EmptyBody extends UnreadableBody {
  constructor() {
    super(new BadRequestError('Invalid JSON payload received or JSON payload is empty.'));
  }
}
