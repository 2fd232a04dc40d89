/** A mail to one person. */
export interface Mail {
  /** Address of the receiver. */
  to: string;
  subject: string;
  html: string;
  /** The same for readers without HTML. */
  text: string;
}

/** Sends mails. Codes and links stand in them: their content never goes into a log. */
export abstract class Mailer {
  /** Hands a mail over for delivery. Throws `MailUnavailableError` (503) when that fails. */
  abstract send(mail: Mail): Promise<void>;
}
