import { randomUUID } from 'node:crypto';
import type { Mail } from './mailer.js';

const LINE_BREAKS = /[\r\n\0]+/g;
const NOT_ASCII = /[^\x20-\x7e]/;
const BASE64_LINE = /.{1,76}/g;

/** A mail as RFC 5322 text with a plain and an HTML part; line breaks can't add headers. */
export function mimeMessage(mail: Mail, from: string, date: Date): string {
  const boundary = `baya-${randomUUID()}`;
  const part = (type: string, content: string): string =>
    [`--${boundary}`, `Content-Type: ${type}; charset=utf-8`, 'Content-Transfer-Encoding: base64', '', ...base64Lines(content)].join(
      '\r\n',
    );
  return [
    `From: ${header(from)}`,
    `To: ${header(mail.to)}`,
    `Subject: ${header(mail.subject)}`,
    `Date: ${date.toUTCString()}`,
    'MIME-Version: 1.0',
    `Content-Type: multipart/alternative; boundary="${boundary}"`,
    '',
    part('text/plain', mail.text),
    part('text/html', mail.html),
    `--${boundary}--`,
    '',
  ].join('\r\n');
}

function header(value: string): string {
  const line = value.replace(LINE_BREAKS, ' ').trim();
  return NOT_ASCII.test(line) ? `=?utf-8?B?${Buffer.from(line).toString('base64')}?=` : line;
}

function base64Lines(content: string): string[] {
  return Buffer.from(content).toString('base64').match(BASE64_LINE) ?? [''];
}
