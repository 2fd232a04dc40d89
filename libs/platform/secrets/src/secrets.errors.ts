import { UnauthorizedError, UnavailableError, UserError } from '#common';

/** 400 `secret_unreadable`: what is stored can't be decrypted with the key at hand, so it has to be given again. */
export class SecretUnreadableError extends UserError {
  constructor(cause?: unknown) {
    super({
      code: 'secret_unreadable',
      status: 400,
      message: 'The stored secret belongs to another key and cannot be read. Enter it again.',
      cause,
    });
  }
}

/** 400 `workspace_key_missing`: the private key of the workspace is not in the key store. */
export class WorkspaceKeyMissingError extends UserError {
  constructor() {
    super({
      code: 'workspace_key_missing',
      status: 400,
      message:
        'The private key of this workspace is not in the key store, so its credentials cannot be read. Restore the key store from a backup.',
    });
  }
}

/** 401 `unauthorized`: a token does not hold; the messages are those of the contract (console-accounts 1.1). */
export class TokenError extends UnauthorizedError {
  static expired(): TokenError {
    return new TokenError('Token has expired.');
  }
  static wrongSignature(): TokenError {
    return new TokenError('Invalid token signature.');
  }
  static malformed(): TokenError {
    return new TokenError('Invalid token.');
  }
}

/** 503 `password_checks_busy`: more passwords are being checked than this machine can; come back in a second. */
export class PasswordChecksBusyError extends UnavailableError {
  constructor() {
    super('password_checks_busy', 'Too many sign-ins at the same time. Try again in a moment.', { retryAfterSeconds: 1 });
  }
}
