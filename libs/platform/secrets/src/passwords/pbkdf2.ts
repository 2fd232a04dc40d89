import { pbkdf2, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const ITERATIONS = 10_000;
const OUTPUT_BYTES = 32;
const derive = promisify(pbkdf2);

/** Whether a password is the one that Dify hashed: base64 of the hex text of PBKDF2-HMAC-SHA256, salt in base64 (contract console-accounts 2.4). */
export async function verifyPbkdf2(password: string, storedHash: string, storedSalt: string): Promise<boolean> {
  const output = await derive(password, Buffer.from(storedSalt, 'base64'), ITERATIONS, OUTPUT_BYTES, 'sha256');
  const given = Buffer.from(output.toString('hex'), 'ascii');
  const expected = Buffer.from(storedHash, 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected);
}
