import { pythonJson, pythonRepr } from '#common';
import { SecretVault } from './secret-vault.js';

const VALUE = 'p@ss "w0rd"/é+x\n2';

describe('SecretVault', () => {
  const vault = new SecretVault(new Map([['KEY', VALUE]]));

  it.each([
    ['as it is', VALUE],
    ['in JSON', JSON.stringify({ k: VALUE })],
    ['in JSON of Python', '{"k": "p@ss \\"w0rd\\"/\\u00e9+x\\n2"}'],
    ['in an address', `https://a.example/${encodeURIComponent(VALUE)}`],
    ['in a path', `https://a.example/${encodeURI(VALUE)}`],
    ['in a query', new URLSearchParams({ k: VALUE }).toString()],
  ])('should find a value %s, show its name and give the same text back', (_, text) => {
    const sealed = vault.sealText(text);

    expect(sealed).not.toContain('w0rd');
    expect(vault.displayText(sealed)).toContain('{{#env.KEY#}}');
    expect(vault.revealText(sealed)).toBe(text);
  });

  describe('with a pair of basic authentication', () => {
    const text = `user>>:${vault.tokenOf('KEY')}`;
    const encoded = Buffer.from(`user>>:${VALUE}`).toString('base64');

    it.each([
      ['as it is', `Basic ${encoded}`],
      ['in JSON', JSON.stringify({ Authorization: `Basic ${encoded}` })],
      ['in an address', `https://a.example/?${encodeURIComponent(encoded)}`],
      ['in a query', new URLSearchParams({ k: encoded }).toString()],
    ])('should find it %s, show of what it is made and give the same text back', (_, told) => {
      expect(vault.basicPair(text)).toBe(encoded);
      const sealed = vault.sealText(told);

      expect(sealed).not.toContain(encoded.slice(0, 12));
      expect(vault.displayText(sealed)).toContain('user>>:{{#env.KEY#}}');
      expect(vault.revealText(sealed)).toBe(told);
    });

    it('should know it again in a process that goes on with the run', () => {
      vault.basicPair(text);
      const other = new SecretVault(new Map([['KEY', VALUE]]), vault.nonce);
      expect(other.sealText(encoded)).toBe(encoded);

      expect(other.revealText(vault.sealText(encoded))).toBe(encoded);
      expect(other.displayText(other.sealText(encoded))).toBe('user>>:{{#env.KEY#}}');
    });

    it('should find its beginning at the end of a piece', () => {
      vault.basicPair(text);
      expect(vault.pendingLength(`Basic ${encoded.slice(0, 9)}`)).toBe(9);
    });

    it('should not look for a pair without a secret, nor for more than a hundred', () => {
      const own = new SecretVault(new Map([['KEY', VALUE]]));
      const plain = own.basicPair('user:plain');
      expect(own.sealText(plain)).toBe(plain);

      const pairs = Array.from({ length: 101 }, (_, index) => own.basicPair(`user${String(index)}:${own.tokenOf('KEY')}`));
      expect(pairs.filter((pair) => own.sealText(pair) === pair)).toEqual(pairs.slice(0, 1));
    });
  });

  it('should find values in the names of fields', () => {
    const value = { [VALUE]: 1, list: [{ [`x${VALUE}`]: VALUE }], ['__proto__']: VALUE };
    const sealed = vault.seal(value);

    expect(JSON.stringify(sealed)).not.toContain('w0rd');
    expect(Object.keys(vault.display(sealed))).toEqual(['{{#env.KEY#}}', 'list', '__proto__']);
    expect(JSON.stringify(vault.reveal(sealed))).toBe(JSON.stringify(value));
  });

  it('should return data without a value as it is', () => {
    const value = { a: ['b', { c: 1 }] };

    expect(vault.seal(value)).toBe(value);
    expect(vault.display(value)).toBe(value);
  });

  it.each([
    ['repr', pythonRepr],
    ['JSON', pythonJson],
  ])('should know its tokens in the %s of a list', (_, write) => {
    const text = write(['a', vault.tokenOf('KEY')]);

    expect(vault.displayText(text)).toContain('{{#env.KEY#}}');
    expect(vault.revealText(text)).toContain(VALUE);
  });

  it('should not take the token of another run for one of its own', () => {
    const foreign = new SecretVault(new Map([['KEY', 'other']])).tokenOf('KEY');

    expect(vault.revealText(foreign)).toBe(foreign);
  });
});
