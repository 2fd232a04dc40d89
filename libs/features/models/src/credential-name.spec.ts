import { givenCredentialName, nextCredentialName } from './credential-name.js';

describe('nextCredentialName', () => {
  it('should begin with 1', () => {
    expect(nextCredentialName(['mine', 'API KEY x'])).toBe('API KEY 1');
  });

  it('should go on above the highest number, gaps or not', () => {
    expect(nextCredentialName(['API KEY 2', 'API KEY 10', 'API KEY 3 '])).toBe('API KEY 11');
  });
});

describe('givenCredentialName', () => {
  it('should take nothing and blanks as no name', () => {
    expect([givenCredentialName(undefined), givenCredentialName(null), givenCredentialName('  ')]).toEqual([null, null, null]);
  });

  it('should trim a name', () => {
    expect(givenCredentialName(' a b ')).toBe('a b');
  });

  it('should refuse 31 characters', () => {
    expect(givenCredentialName('x'.repeat(30))).toHaveLength(30);
    expect(() => givenCredentialName('x'.repeat(31))).toThrow(expect.objectContaining({ code: 'invalid_param' }));
  });
});
