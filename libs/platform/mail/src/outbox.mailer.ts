import { constants } from 'node:fs';
import { access, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { uuidv7 } from '#common';
import { MailUnavailableError } from './mail.errors.js';
import { messageOf } from './mail-message.js';
import { type Mail, Mailer } from './mailer.js';

/** Writes each mail as an `.eml` file into a folder, for the owner of the process only, and its subject to the log. */
export class OutboxMailer extends Mailer {
  private readonly logger = new Logger('mail');

  constructor(
    private readonly folder: string,
    private readonly from: string,
  ) {
    super();
  }

  async send(mail: Mail): Promise<void> {
    const file = join(this.folder, `${uuidv7()}.eml`);
    try {
      const { createTransport } = await import('nodemailer');
      const composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
      const { message } = await composer.sendMail(messageOf(mail, this.from));
      await this.makeFolder();
      await writeFile(file, message as Buffer, { mode: 0o600, flag: 'wx' });
    } catch (error) {
      throw new MailUnavailableError(error);
    }
    this.logger.log('mail written to the outbox', { subject: mail.subject, file });
  }

  async check(): Promise<void> {
    try {
      await this.makeFolder();
      await access(this.folder, constants.W_OK);
    } catch (error) {
      throw new MailUnavailableError(error);
    }
  }

  private async makeFolder(): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
  }
}
