import { InvalidParamError, NotFoundError, UserError } from '#common';
import { WEAK_PASSWORD_MESSAGE } from './credential-rules.js';

/** 404 `account_not_found`. */
export class AccountNotFoundError extends NotFoundError {
  constructor() {
    super('There is no such account.', 'account_not_found');
  }
}

/** 400 `account_already_inited`: the account was completed before. */
export class AccountAlreadyInitializedError extends UserError {
  constructor() {
    super({ code: 'account_already_inited', status: 400, message: 'The account has been initialized already. Refresh the page.' });
  }
}

/** 400 `email_already_in_use`. */
export class EmailInUseError extends UserError {
  constructor() {
    super({ code: 'email_already_in_use', status: 400, message: 'An account with this mail address exists. Use another address.' });
  }
}

/** 400 `current_password_incorrect`. */
export class CurrentPasswordIncorrectError extends UserError {
  constructor() {
    super({ code: 'current_password_incorrect', status: 400, message: 'The current password is not correct.' });
  }
}

/** 400 `invalid_param`: the new password breaks the rule of the contract (console-accounts 2.4). */
export class WeakPasswordError extends InvalidParamError {
  constructor() {
    super(WEAK_PASSWORD_MESSAGE);
  }
}
