import { DatabaseConfig } from './areas/database.config.js';
import { MailConfig } from './areas/mail.config.js';
import { RedisConfig } from './areas/redis.config.js';
import { SecurityConfig } from './areas/security.config.js';
import { ServerConfig } from './areas/server.config.js';
import { StorageConfig } from './areas/storage.config.js';
import type { LoadedConfig } from './load-config.js';

/** SECRET_KEY values that are published in example files; whoever knows them can sign in as anybody. */
const PUBLISHED_SECRETS = /^(sk-9f73s3lj.*|your[-_ ]?secret[-_ ]?key|change[-_ ]?me|changeit|secret|password|dify|baya)$/i;
const SHORTEST_PUBLIC_SECRET = 16;
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i;

/** What is fine field by field and yet can't run (architecture, "Two ways to run"). */
export function findCombinationProblems(config: LoadedConfig): string[] {
  return [...processProblems(config), ...storageProblems(config), ...mailProblems(config), ...secretProblems(config)];
}

function processProblems(config: LoadedConfig): string[] {
  const problems: string[] = [];
  const { role } = config.get(ServerConfig);
  const redis = config.get(RedisConfig).isConfigured;
  const external = config.get(DatabaseConfig).isExternal;
  if (role !== 'all' && !redis)
    problems.push(
      `ROLE=${role} needs several processes to speak with each other: set REDIS_URL, or leave ROLE unset to run everything in one process`,
    );
  if (!external && redis)
    problems.push(
      'REDIS_URL is for several processes on one PostgreSQL: set DATABASE_URL too, or leave REDIS_URL unset to run everything embedded',
    );
  return problems;
}

function storageProblems(config: LoadedConfig): string[] {
  const storage = config.get(StorageConfig);
  const problems: string[] = [];
  if ((storage.usesS3 || storage.keysInS3) && storage.s3Bucket === '')
    problems.push('S3_BUCKET_NAME is missing: name the bucket, or set STORAGE_TYPE=local to keep files in a directory');
  if ((storage.s3AccessKey === undefined) !== (storage.s3SecretKey === undefined))
    problems.push('S3_ACCESS_KEY and S3_SECRET_KEY belong together: set both, or neither to use the credentials of the machine');
  return problems;
}

function mailProblems(config: LoadedConfig): string[] {
  const mail = config.get(MailConfig);
  const problems: string[] = [];
  if (!mail.usesSmtp) return problems;
  if (mail.smtpServer === '')
    problems.push('SMTP_SERVER is missing: name the mail server, or set MAIL_TYPE=outbox to write mails to a folder');
  if (mail.smtpOpportunisticTls && !mail.smtpUseTls)
    problems.push('SMTP_OPPORTUNISTIC_TLS=true needs SMTP_USE_TLS=true: set both for STARTTLS, or neither to send without encryption');
  if ((mail.smtpUsername === '') !== (mail.smtpPassword === undefined))
    problems.push('SMTP_USERNAME and SMTP_PASSWORD belong together: set both, or neither where the server asks for none');
  if (!mail.from.includes('@')) problems.push('MAIL_DEFAULT_SEND_FROM holds no address: write it as `Name <name@example.com>`');
  return problems;
}

function secretProblems(config: LoadedConfig): string[] {
  const { host, role } = config.get(ServerConfig);
  const { secretKey, adminApiKeyEnabled, adminApiKey } = config.get(SecurityConfig);
  const problems: string[] = [];
  if (role !== 'all' && secretKey === undefined)
    problems.push(
      `ROLE=${role} means several processes, and all sign with one key: set SECRET_KEY to the same text for each, for example from \`openssl rand -base64 42\``,
    );
  if (secretKey !== undefined && !LOOPBACK.test(host) && (PUBLISHED_SECRETS.test(secretKey) || secretKey.length < SHORTEST_PUBLIC_SECRET)) {
    problems.push(
      `SECRET_KEY is a published example or shorter than ${String(SHORTEST_PUBLIC_SECRET)} characters, and HOST=${host} can be reached from other machines: set one of your own, for example from \`openssl rand -base64 42\``,
    );
  }
  if (adminApiKeyEnabled && !adminApiKey)
    problems.push('ADMIN_API_KEY_ENABLE is on and ADMIN_API_KEY is missing: set the key, or switch it off');
  return problems;
}
