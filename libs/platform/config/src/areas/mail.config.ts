import { Env } from '../env.js';
import { flag, integer, text } from '../schemas.js';

/** How mails leave. */
export class MailConfig {
  /**
   * Kind of delivery. `smtp` hands mails to a mail server; `outbox` writes them to a folder and counts as set up; any other value writes
   * them there, too, and counts as not set up.
   */
  @Env('MAIL_TYPE', text()) type = '';
  /** Sender of mails, as `Name <address>` or an address. Mail servers want one of a domain they send for. */
  @Env('MAIL_DEFAULT_SEND_FROM', text()) from = 'Baya <no-reply@localhost>';
  /** Folder that mails are written to. Empty: `outbox` in DATA_DIR. */
  @Env('MAIL_OUTBOX_PATH', text()) outboxPath = '';
  /** Name or address of the mail server, for `MAIL_TYPE=smtp`. */
  @Env('SMTP_SERVER', text()) smtpServer = '';
  /** Port of the mail server. */
  @Env('SMTP_PORT', integer(1, 65_535)) smtpPort = 465;
  /** Whom we sign in as. Empty: nobody. */
  @Env('SMTP_USERNAME', text()) smtpUsername = '';
  /** Password for SMTP_USERNAME. */
  @Env('SMTP_PASSWORD', text(), { secret: true }) smtpPassword?: string;
  /** Whether the connection is encrypted: from the first byte, or by STARTTLS with SMTP_OPPORTUNISTIC_TLS. */
  @Env('SMTP_USE_TLS', flag()) smtpUseTls = false;
  /** With SMTP_USE_TLS: begin unencrypted and switch by STARTTLS, as port 587 wants it. A server that does not offer it is not used. */
  @Env('SMTP_OPPORTUNISTIC_TLS', flag()) smtpOpportunisticTls = false;

  /** Whether mails go to a mail server. */
  get usesSmtp(): boolean {
    return this.type.toLowerCase() === 'smtp';
  }

  /** Whether mails reach somebody; the console then offers what needs mails. */
  get isSetUp(): boolean {
    return this.usesSmtp || this.type.toLowerCase() === 'outbox';
  }
}
