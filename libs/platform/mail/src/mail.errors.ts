import { UnavailableError } from '#common';

/** 503 `mail_unavailable`: the mail could not be handed over. */
export class MailUnavailableError extends UnavailableError {
  constructor(cause: unknown) {
    super('mail_unavailable', 'The mail could not be sent. Try again later.', { retryAfterSeconds: 30, cause });
  }
}
