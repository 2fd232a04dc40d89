import type { SendMailOptions } from 'nodemailer';
import type { Mail } from './mailer.js';

const LINE_BREAKS = /[\r\n\0]+/g;

/** A mail as nodemailer takes it. The address is handed over in one piece: commas and line breaks in it name nobody else and no header. */
export function messageOf(mail: Mail, from: string): SendMailOptions {
  const address = mail.to.replace(LINE_BREAKS, ' ').trim();
  return {
    from,
    to: { name: '', address },
    subject: mail.subject.replace(LINE_BREAKS, ' '),
    text: mail.text,
    html: mail.html,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}
