import { ForbiddenError, UserError } from '#common';

/** 429 `email_send_ip_limit`: too many mails were asked for from one address of the network. */
export class TooManyMailsError extends UserError {
  constructor(resetSeconds: number) {
    super({
      code: 'email_send_ip_limit',
      status: 429,
      message: 'Too many mails were sent from this address in the last minute. Try again later.',
      headers: { 'retry-after': String(resetSeconds) },
    });
  }
}

/** 429: a code was sent to this address a moment ago; the code of the error is that of the flow. */
export class MailTooSoonError extends UserError {
  constructor(code: 'email_change_rate_limit_exceeded' | 'email_code_account_deletion_rate_limit_exceeded', resetSeconds: number) {
    super({
      code,
      status: 429,
      message: 'A code was sent a moment ago. Wait a minute before you ask for another.',
      headers: { 'retry-after': String(resetSeconds) },
    });
  }
}

/** 429 `email_change_limit`: too many wrong codes. */
export class TooManyEmailCodesError extends UserError {
  constructor(resetSeconds: number) {
    super({
      code: 'email_change_limit',
      status: 429,
      message: 'Too many wrong codes. Try again in 24 hours.',
      headers: { 'retry-after': String(resetSeconds) },
    });
  }
}

/** 400 `invalid_or_expired_token`: the token is of another flow, step or account, was used, or its time is over. */
export class FlowTokenError extends UserError {
  constructor() {
    super({ code: 'invalid_or_expired_token', status: 400, message: 'The token is not valid or its time is over. Begin again.' });
  }
}

/** 400 `invalid_email`: the address is not the one the token was made for. */
export class FlowEmailError extends UserError {
  constructor() {
    super({ code: 'invalid_email', status: 400, message: 'The mail address is not the one that the code was sent for.' });
  }
}

/** 400 `email_code_error`: the code is wrong. */
export class EmailCodeError extends UserError {
  constructor() {
    super({ code: 'email_code_error', status: 400, message: 'The code is not correct.' });
  }
}

/** 400 `account_not_found`: the address is not that of the signed-in account. */
export class NotOwnEmailError extends UserError {
  constructor() {
    super({ code: 'account_not_found', status: 400, message: 'This is not the mail address of your account.' });
  }
}

/** 403 `forbidden`: ENABLE_CHANGE_EMAIL is off. */
export class EmailChangeDisabledError extends ForbiddenError {
  constructor() {
    super('Changing the mail address is switched off here.');
  }
}

/** 400 `invalid_account_deletion_code`: token or code do not hold. */
export class AccountDeletionCodeError extends UserError {
  constructor() {
    super({ code: 'invalid_account_deletion_code', status: 400, message: 'The code is not correct or its time is over.' });
  }
}

/** 400 `last_account`: nobody could sign in to the installation any more. The code is ours. */
export class LastAccountError extends UserError {
  constructor() {
    super({
      code: 'last_account',
      status: 400,
      message: 'This is the only account of the installation, so it stays. Invite somebody first, or remove the installation itself.',
    });
  }
}
