import { constants, generateKeyPairSync, publicEncrypt } from 'node:crypto';
import { SecretUnreadableError } from '../secrets.errors.js';
import { decryptHybrid, encryptHybrid } from './hybrid-cipher.js';

const KEY_BYTES = 256;

describe('hybrid cipher', () => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

  it.each(['', 'sk-123', 'ключ 🔑', 'x'.repeat(10_000)])('should give back what was encrypted (case %#)', (plain) => {
    expect(decryptHybrid(privateKey, KEY_BYTES, encryptHybrid(publicKey, plain))).toBe(plain);
  });

  it('should lay out prefix, wrapped key, nonce, tag and text as Dify does', () => {
    const data = Buffer.from(encryptHybrid(publicKey, 'abc'), 'base64');

    expect(data.subarray(0, 7).toString()).toBe('HYBRID:');
    expect(data).toHaveLength(7 + KEY_BYTES + 16 + 16 + 3);
  });

  it('should read the older form, one RSA-OAEP block', () => {
    const block = publicEncrypt({ key: publicKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' }, Buffer.from('legacy'));

    expect(decryptHybrid(privateKey, KEY_BYTES, block.toString('base64'))).toBe('legacy');
  });

  it('should refuse what was encrypted for another, cut, changed or never encrypted', () => {
    const other = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const good = Buffer.from(encryptHybrid(publicKey, 'abc'), 'base64');
    const changed = Buffer.from(good);
    changed[changed.length - 1] = (changed[changed.length - 1] as number) ^ 1;

    for (const bad of [
      encryptHybrid(other.publicKey, 'abc'),
      good.subarray(0, 200).toString('base64'),
      good.subarray(0, 280).toString('base64'),
      changed.toString('base64'),
      '',
      'plain text',
    ]) {
      expect(() => decryptHybrid(privateKey, KEY_BYTES, bad)).toThrow(SecretUnreadableError);
    }
  });
});
