export { MailModule } from './mail.module.js';
export { type Mail, Mailer } from './mailer.js';
export { MailUnavailableError } from './mail.errors.js';
export { OutboxMailer } from './outbox.mailer.js';
