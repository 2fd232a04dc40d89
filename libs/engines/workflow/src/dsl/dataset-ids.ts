import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import { isUuid } from '#common';

const ALGORITHM = 'aes-256-cbc';
const IV_BYTES = 16;

/** The id of a knowledge base as exports carry it: only the workspace it comes from can read it (contract workflow-engine 1.4). Base64. */
export function sealDatasetId(id: string, tenantId: string): string {
  const { key, iv } = keyOf(tenantId);
  const cipher = createCipheriv(ALGORITHM, key, iv);
  return Buffer.concat([cipher.update(id, 'utf8'), cipher.final()]).toString('base64');
}

/** The id behind its sealed form, or a plain id as it is; null when another workspace sealed it, or nobody. */
export function openDatasetId(text: string, tenantId: string): string | null {
  if (isUuid(text)) return text;
  const { key, iv } = keyOf(tenantId);
  try {
    const decipher = createDecipheriv(ALGORITHM, key, iv);
    const id = Buffer.concat([decipher.update(Buffer.from(text, 'base64')), decipher.final()]).toString('utf8');
    return isUuid(id) ? id : null;
  } catch {
    return null;
  }
}

function keyOf(tenantId: string): { key: Buffer; iv: Buffer } {
  const key = createHash('sha256').update(tenantId).digest();
  return { key, iv: key.subarray(0, IV_BYTES) };
}
