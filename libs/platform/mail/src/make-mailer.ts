import { join } from 'node:path';
import type { MailConfig, ServerConfig } from '#platform/config';
import type { Mailer } from './mailer.js';
import { OutboxMailer } from './outbox.mailer.js';
import { SmtpMailer } from './smtp.mailer.js';

const SMTP_TIMEOUT_MS = 20_000;

/** The mailer that the configuration asks for. */
export function makeMailer(config: MailConfig, server: ServerConfig): Mailer {
  if (!config.usesSmtp) return new OutboxMailer(config.outboxPath || join(server.dataDir, 'outbox'), config.from);
  const { smtpServer: host, smtpPort: port, smtpUsername: username, smtpPassword: password, from } = config;
  return new SmtpMailer({
    host,
    port,
    encryption: !config.smtpUseTls ? 'none' : config.smtpOpportunisticTls ? 'starttls' : 'tls',
    ...(username !== '' && password !== undefined && { credentials: { username, password } }),
    from,
    timeoutMs: SMTP_TIMEOUT_MS,
  });
}
