/** Marks of a secret's token as a query writes them: they come back as they were, so that the reader sees the secret's name. */
const ENCODED_TOKEN = /%E2%9F%A6(?:[\w.*+-]|%(?!E2%9F)[\dA-F]{2})*%E2%9F%A7/g;

/** A query or form for the request's log: tokens of secrets are readable in it. */
export function readableTokens(encoded: string): string {
  return encoded.includes('%E2%9F%A6') ? encoded.replace(ENCODED_TOKEN, decodeURIComponent) : encoded;
}

/** What stands in the log for bytes. */
export function bytesNote({ name, mimeType, size }: { name: string; mimeType: string; size: number }): string {
  return `<file: '${name}', type='${mimeType}', size=${size} bytes>`;
}
