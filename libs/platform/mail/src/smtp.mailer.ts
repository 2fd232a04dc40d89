import { Logger } from '@nestjs/common';
import type { Transporter } from 'nodemailer';
import { MailUnavailableError } from './mail.errors.js';
import { messageOf } from './mail-message.js';
import { type Mail, Mailer } from './mailer.js';

/** How a mail server is reached. */
export interface SmtpOptions {
  host: string;
  port: number;
  /** `tls`: encrypted from the first byte; `starttls`: encrypted after greeting, or not used; `none`: never encrypted. */
  encryption: 'tls' | 'starttls' | 'none';
  /** Absent: nobody signs in. */
  credentials?: { username: string; password: string };
  /** Sender, as `Name <address>` or an address. */
  from: string;
  /** Longest time for one mail or check. Unit: milliseconds. */
  timeoutMs: number;
  /** Authorities to trust instead of the usual ones, as PEM. */
  ca?: string;
}

/** What the server says after these commands may repeat the receiver or the content. */
const TALKATIVE = new Set(['MAIL FROM', 'RCPT TO', 'DATA', 'API']);

/** Hands mails to an SMTP server, each on a connection of its own. */
export class SmtpMailer extends Mailer {
  private readonly logger = new Logger('mail');
  private opened: Promise<Transporter> | undefined;

  constructor(private readonly options: SmtpOptions) {
    super();
  }

  async send(mail: Mail): Promise<void> {
    await this.attempt((transporter) => transporter.sendMail(messageOf(mail, this.options.from)));
    this.logger.log('mail handed over', { subject: mail.subject });
  }

  async check(): Promise<void> {
    await this.attempt((transporter) => transporter.verify());
  }

  /** Each step has its own limit; a server that feeds us a byte at a time meets the one for all. */
  private async attempt(work: (transporter: Transporter) => Promise<unknown>): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const { timeoutMs } = this.options;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no end within ${String(timeoutMs)} ms`)), timeoutMs);
    });
    try {
      this.opened ??= this.open();
      await Promise.race([work(await this.opened), late]);
    } catch (error) {
      throw new MailUnavailableError(withoutContent(error));
    } finally {
      clearTimeout(timer);
    }
  }

  private async open(): Promise<Transporter> {
    const { createTransport } = await import('nodemailer');
    const { host, port, encryption, credentials, timeoutMs, ca } = this.options;
    return createTransport({
      host,
      port,
      secure: encryption === 'tls',
      requireTLS: encryption === 'starttls',
      ignoreTLS: encryption === 'none',
      connectionTimeout: timeoutMs,
      greetingTimeout: timeoutMs,
      socketTimeout: timeoutMs,
      ...(credentials && { auth: { user: credentials.username, pass: credentials.password } }),
      ...(ca !== undefined && { tls: { ca } }),
    });
  }
}

/** An error that may stand in a log. */
function withoutContent(error: unknown): Error {
  const { message, code, command, responseCode } = error as { message: string; code?: string; command?: string; responseCode?: number };
  if (command === undefined || !TALKATIVE.has(command)) return new Error(message);
  return new Error(`The mail server refused ${command}: ${String(responseCode ?? code ?? 'no code')}`);
}
