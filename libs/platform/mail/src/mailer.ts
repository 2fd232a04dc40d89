/** A mail to one person. */
export interface Mail {
  /** Address of the receiver. */
  to: string;
  subject: string;
  html: string;
  /** The same for readers without HTML. */
  text: string;
}

/** Sends mails. Codes and links stand in them: neither content nor receiver ever goes into a log. */
export abstract class Mailer {
  /** Hands a mail over for delivery, to `to` alone whatever stands in it. Throws `MailUnavailableError` (503) when that fails. */
  abstract send(mail: Mail): Promise<void>;

  /** Resolves when mails can be handed over; for `/ready` and the doctor. Throws `MailUnavailableError` (503). */
  abstract check(): Promise<void>;
}
