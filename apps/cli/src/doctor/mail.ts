import type { MailConfig, ServerConfig } from '#platform/config';
import { makeMailer } from '#platform/mail';
import { bad, type Finding, good, warning, wordsOf } from './finding.js';

/** Where mails go. A server has to take our greeting and sign-in; no mail is sent. */
export async function inspectMail(config: MailConfig, server: ServerConfig): Promise<Finding> {
  if (!config.usesSmtp) return good('mail', config.isSetUp ? 'written to a folder' : 'not set up; mails are written to a folder');
  const place = `${config.smtpServer}:${String(config.smtpPort)}`;
  try {
    await makeMailer(config, server).check();
  } catch (error) {
    const reason = error instanceof Error && error.cause !== undefined ? error.cause : error;
    return bad(
      'mail',
      `${place}: ${wordsOf(reason)}`,
      'Correct SMTP_SERVER, SMTP_PORT, SMTP_USERNAME, SMTP_PASSWORD; SMTP_USE_TLS for port 465, SMTP_OPPORTUNISTIC_TLS with it for port 587.',
    );
  }
  if (config.smtpUseTls) return good('mail', place);
  return warning('mail', `${place}, without encryption`, 'Set SMTP_USE_TLS=true unless the server is on this machine.');
}
