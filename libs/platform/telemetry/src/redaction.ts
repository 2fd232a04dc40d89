const SECRET_KEYS = [
  'password',
  'passwd',
  'secret',
  'token',
  'accessToken',
  'refreshToken',
  'access_token',
  'refresh_token',
  'csrf_token',
  'authorization',
  'cookie',
  'apiKey',
  'api_key',
  'credentials',
  'privateKey',
  'private_key',
  'connectionString',
];

/** Paths of log fields whose value is never written. */
export const redactedPaths: readonly string[] = ['', '*.', '*.*.'].flatMap((prefix) =>
  [...SECRET_KEYS, 'set-cookie', 'x-csrf-token'].map((key) =>
    /^\w+$/.test(key) ? `${prefix}${key}` : `${prefix.replace(/\.$/, '')}["${key}"]`,
  ),
);

/** What stands in the place of a secret. */
export const REDACTED = '[redacted]';

// Bearer tokens, API keys of ours and of vendors, JWTs, passwords within addresses.
const TOKENS = /\b(bearer\s+|app-|dataset-|sk-(?:ant-|proj-)?)[A-Za-z0-9_\-.~+/]{12,}=*/gi;
const JWT = /\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*/g;
const USERINFO = /([a-z][a-z0-9+.-]*:\/\/[^\s/:@"\\]*):[^\s/@"\\]+@/gi;

/** Last wall before the output: masks what looks like a credential in a whole log line, such as in a vendor's error message. */
export function maskLine(line: string): string {
  return line.replace(TOKENS, `$1${REDACTED}`).replace(JWT, REDACTED).replace(USERINFO, `$1:${REDACTED}@`);
}
