import { pbkdf2Sync } from 'node:crypto';
import * as argon2 from '@node-rs/argon2';
import { PasswordHasher } from './password-hasher.js';

vi.mock('@node-rs/argon2', async (load) => {
  const actual = await load<typeof argon2>();
  return { ...actual, verify: vi.fn(actual.verify) };
});

/** A row as Dify writes it. */
const difyPassword = (password: string) => {
  const salt = Buffer.from('0123456789abcdef');
  return {
    salt: salt.toString('base64'),
    hash: Buffer.from(pbkdf2Sync(password, salt, 10_000, 32, 'sha256').toString('hex')).toString('base64'),
  };
};

describe('PasswordHasher', () => {
  const hasher = new PasswordHasher();

  it('should hash with argon2id and the memory it promises, each time otherwise', async () => {
    const [first, second] = [await hasher.hash('Passw0rd!x'), await hasher.hash('Passw0rd!x')];

    expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(first).not.toBe(second);
  });

  it('should tell a right password from a wrong one', async () => {
    const stored = { hash: await hasher.hash('Passw0rd!x'), salt: null };

    expect(await hasher.check('Passw0rd!x', stored)).toBe('right');
    expect(await hasher.check('passw0rd!x', stored)).toBe('wrong');
    expect(await hasher.check('', stored)).toBe('wrong');
  });

  it('should take a password that Dify hashed and ask for a new hash', async () => {
    expect(await hasher.check('Passw0rd!x', difyPassword('Passw0rd!x'))).toBe('outdated');
    expect(await hasher.check('Passw0rd!y', difyPassword('Passw0rd!x'))).toBe('wrong');
  });

  it('should take no password for accounts that have none or that are unknown', async () => {
    for (const stored of [
      null,
      { hash: null, salt: null },
      { hash: '', salt: '' },
      { hash: 'garbage', salt: null },
      { hash: '$argon2id$broken', salt: null },
    ]) {
      for (const password of ['', 'of no account', 'Passw0rd!x']) expect(await hasher.check(password, stored)).toBe('wrong');
    }
  });

  it('should do the costly work once, whatever is stored', async () => {
    const stored = [{ hash: await hasher.hash('Passw0rd!x'), salt: null }, difyPassword('Passw0rd!x'), { hash: null, salt: null }, null];

    for (const account of stored) {
      vi.mocked(argon2.verify).mockClear();
      await hasher.check('wrong', account);
      expect(vi.mocked(argon2.verify).mock.calls.map(([hash]) => String(hash).slice(0, 31))).toEqual(['$argon2id$v=19$m=19456,t=2,p=1$']);
    }
  });
});
