import { constants, type KeyLike, privateDecrypt, publicEncrypt, randomBytes } from 'node:crypto';
import { SecretUnreadableError } from '../secrets.errors.js';
import { AesEax } from './aes-eax.js';

const PREFIX = Buffer.from('HYBRID:', 'ascii');
const KEY_BYTES = 16;
const NONCE_BYTES = 16;
const TAG_BYTES = 16;
const PADDING = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' };

/** Encrypts a text for the holder of a private key, as base64 in the layout of the contract (console-accounts 2.1). */
export function encryptHybrid(publicKey: KeyLike, plain: string): string {
  const key = randomBytes(KEY_BYTES);
  const nonce = randomBytes(NONCE_BYTES);
  const { ciphertext, tag } = new AesEax(key).seal(nonce, Buffer.from(plain, 'utf8'));
  return Buffer.concat([PREFIX, publicEncrypt({ key: publicKey, ...PADDING }, key), nonce, tag, ciphertext]).toString('base64');
}

/** Decrypts what `encryptHybrid` made, and the older form without prefix: one RSA-OAEP block. Throws {@link SecretUnreadableError}. */
export function decryptHybrid(privateKey: KeyLike, keyBytes: number, text: string): string {
  const data = Buffer.from(text, 'base64');
  if (!data.subarray(0, PREFIX.length).equals(PREFIX)) return unwrap(privateKey, data).toString('utf8');
  const nonceAt = PREFIX.length + keyBytes;
  const tagAt = nonceAt + NONCE_BYTES;
  const key = unwrap(privateKey, data.subarray(PREFIX.length, nonceAt));
  const sealed = { tag: data.subarray(tagAt, tagAt + TAG_BYTES), ciphertext: data.subarray(tagAt + TAG_BYTES) };
  const plain = key.length === KEY_BYTES ? new AesEax(key).open(data.subarray(nonceAt, tagAt), sealed) : null;
  if (plain === null) throw new SecretUnreadableError();
  return plain.toString('utf8');
}

function unwrap(privateKey: KeyLike, block: Buffer): Buffer {
  try {
    return privateDecrypt({ key: privateKey, ...PADDING }, block);
  } catch (cause) {
    throw new SecretUnreadableError(cause);
  }
}
