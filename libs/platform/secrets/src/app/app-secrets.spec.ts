import { createHmac } from 'node:crypto';
import { SignJWT, UnsecuredJWT } from 'jose';
import { SecretUnreadableError } from '../secrets.errors.js';
import { AppSecrets } from './app-secrets.js';

const secrets = new AppSecrets('one secret');
const others = new AppSecrets('another secret');

describe('AppSecrets', () => {
  it('should hash tokens alike with one key and otherwise with another, and not with the raw key', () => {
    expect(secrets.hmac('app-1')).toBe(new AppSecrets('one secret').hmac('app-1'));
    expect(secrets.hmac('app-1')).not.toBe(others.hmac('app-1'));
    expect(secrets.hmac('app-1')).not.toBe(createHmac('sha256', 'one secret').update('app-1').digest('hex'));
  });

  it('should open what it sealed, each time sealed otherwise', () => {
    const [first, second] = [secrets.seal('app-ü', 'row'), secrets.seal('app-ü', 'row')];

    expect(first).not.toBe(second);
    expect([secrets.open(first, 'row'), secrets.open(second, 'row'), secrets.open(secrets.seal(''))]).toEqual(['app-ü', 'app-ü', '']);
  });

  it('should not open for another key, another row, or what it did not seal', () => {
    const sealed = secrets.seal('app-1', 'row');

    for (const attempt of [
      () => others.open(sealed, 'row'),
      () => secrets.open(sealed, 'other row'),
      () => secrets.open('v1.AAAA', 'row'),
      () => secrets.open('', 'row'),
    ]) {
      expect(attempt).toThrow(SecretUnreadableError);
    }
  });

  it('should sign tokens with the raw secret, as the contract says', async () => {
    const token = await secrets.signJwt({ user_id: 'a', sub: 'Console API Passport' }, { expiresInSeconds: 60 });
    const [head = '', body = '', signature] = token.split('.');

    expect(JSON.parse(Buffer.from(head, 'base64url').toString())).toEqual({ alg: 'HS256', typ: 'JWT' });
    expect(signature).toBe(createHmac('sha256', 'one secret').update(`${head}.${body}`).digest('base64url'));
    expect(await secrets.verifyJwt(token)).toMatchObject({ user_id: 'a', sub: 'Console API Passport' });
  });

  it('should sign a token without an end when none is asked for', async () => {
    expect((await secrets.verifyJwt(await secrets.signJwt({ app_id: 'x' }))).exp).toBeUndefined();
  });

  it('should say what is wrong with a token', async () => {
    const expired = await secrets.signJwt({ user_id: 'a' }, { expiresInSeconds: -1 });
    const foreign = await others.signJwt({ user_id: 'a' });
    const unsigned = new UnsecuredJWT({ user_id: 'a' }).encode();
    const otherAlgorithm = await new SignJWT({ user_id: 'a' }).setProtectedHeader({ alg: 'HS512' }).sign(Buffer.alloc(64, 'one secret'));

    await expect(secrets.verifyJwt(expired)).rejects.toThrow('Token has expired.');
    await expect(secrets.verifyJwt(foreign)).rejects.toThrow('Invalid token signature.');
    for (const token of [unsigned, otherAlgorithm, 'nonsense', '', 'a.b.c', '\0'])
      await expect(secrets.verifyJwt(token)).rejects.toThrow('Invalid token.');
  });
});
