export { MailModule } from './mail.module.js';
export { MailUnavailableError } from './mail.errors.js';
export { type Mail, Mailer } from './mailer.js';
export { makeMailer } from './make-mailer.js';
export { OutboxMailer } from './outbox.mailer.js';
export { SmtpMailer, type SmtpOptions } from './smtp.mailer.js';
