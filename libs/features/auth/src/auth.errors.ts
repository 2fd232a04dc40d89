import { ForbiddenError, UnauthorizedError, UserError } from '#common';

/** 401 `authentication_failed`: one answer for an unknown address, a wrong password and an account without one. */
export class AuthenticationFailedError extends UnauthorizedError {
  constructor(message = 'Invalid email or password.') {
    super(message, 'authentication_failed');
  }
}

/** 429 `email_code_login_limit`: too many wrong passwords for an address; the code is Dify's. */
export class TooManyPasswordsError extends UserError {
  constructor(resetSeconds: number) {
    super({
      code: 'email_code_login_limit',
      status: 429,
      message: 'Too many incorrect password attempts. Please try again later.',
      headers: { 'retry-after': String(resetSeconds) },
    });
  }
}

/** 429 `too_many_requests`: too many guesses of the installation's first password. */
export class TooManyInitPasswordsError extends UserError {
  constructor(resetSeconds: number) {
    super({
      code: 'too_many_requests',
      status: 429,
      message: 'Too many attempts. Try again later.',
      headers: { 'retry-after': String(resetSeconds) },
    });
  }
}

/** 401 `unauthorized`: no admin key was sent, another one, or none is in force here. */
export class InvalidAdminKeyError extends UnauthorizedError {
  constructor() {
    super('API key is invalid.');
  }
}

/** 400 `account_banned`; said only to somebody who knows the password. */
export class AccountBannedError extends UserError {
  constructor() {
    super({ code: 'account_banned', status: 400, message: 'The account is locked. Ask an administrator.' });
  }
}

/** 400 `account_not_initialized`: the account has to be completed first. */
export class AccountNotInitializedError extends UserError {
  constructor() {
    super({
      code: 'account_not_initialized',
      status: 400,
      message: 'The account is not complete yet. Choose language and time zone first.',
    });
  }
}

/** 403 `forbidden`: signing in with a password is switched off. */
export class PasswordSignInDisabledError extends ForbiddenError {
  constructor() {
    super('Signing in with a password is switched off here.');
  }
}

/** 400 `repeat_password_not_match`. */
export class RepeatedPasswordError extends UserError {
  constructor() {
    super({ code: 'repeat_password_not_match', status: 400, message: 'The new password and its repetition differ.' });
  }
}

/** 401 of an account without any workspace; the body has no `status` (contract console-accounts 1.1). */
export class NoWorkspaceError extends UserError {
  constructor() {
    super({
      code: 'unauthorized',
      status: 401,
      message: 'Unauthorized.',
      headers: { 'www-authenticate': 'Bearer realm="api"' },
      body: { code: 'unauthorized', message: 'Unauthorized.' },
    });
  }
}

/** 401 of a refresh; its body is `{result, message}` (contract console-accounts 4). */
export class RefreshFailedError extends UserError {
  constructor(message: 'No refresh token provided' | 'Invalid refresh token') {
    super({
      code: 'unauthorized',
      status: 401,
      message,
      headers: { 'www-authenticate': 'Bearer realm="api"' },
      body: { result: 'fail', message },
    });
  }
}

/** 401 `not_setup`: nobody set this installation up yet. */
export class NotSetUpError extends UnauthorizedError {
  constructor() {
    super('This installation is not set up yet. Do the first set-up, then sign in.', 'not_setup');
  }
}

/** 401 `not_init_validated`: INIT_PASSWORD has to be given before the set-up. */
export class NotInitValidatedError extends UnauthorizedError {
  constructor() {
    super('Give the init password of this installation before its first set-up.', 'not_init_validated');
  }
}

/** 401 `init_validate_failed`. */
export class InitPasswordWrongError extends UnauthorizedError {
  constructor() {
    super('The init password is not correct.', 'init_validate_failed');
  }
}

/** 403 `already_setup`. */
export class AlreadySetUpError extends ForbiddenError {
  constructor() {
    super('This installation is set up already. Sign in.', 'already_setup');
  }
}
