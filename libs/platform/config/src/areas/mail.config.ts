import { Env } from '../env.js';
import { text } from '../schemas.js';

/** How mails leave. */
export class MailConfig {
  /** Kind of delivery. `outbox` writes mails to a folder and counts as set up; any other value does the same and counts as not set up. */
  @Env('MAIL_TYPE', text()) type = '';
  /** Sender of mails, as `Name <address>` or an address. */
  @Env('MAIL_DEFAULT_SEND_FROM', text()) from = 'Baya <no-reply@localhost>';
  /** Folder that mails are written to. Empty: `outbox` in DATA_DIR. */
  @Env('MAIL_OUTBOX_PATH', text()) outboxPath = '';

  /** Whether mails reach somebody; the console then offers what needs mails. */
  get isSetUp(): boolean {
    return this.type === 'outbox';
  }
}
