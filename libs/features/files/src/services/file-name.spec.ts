import { dispositionOf, fileNameOf } from './file-name.js';

describe('fileNameOf', () => {
  it.each([
    ['p.PNG', { name: 'p.PNG', extension: 'png' }],
    ['naïve 名.md', { name: 'naïve 名.md', extension: 'md' }],
    ['noext', { name: 'noext', extension: '' }],
    ['.hidden', { name: '.hidden', extension: 'hidden' }],
    ['a.tar.gz', { name: 'a.tar.gz', extension: 'gz' }],
    ['dot.', { name: 'dot.', extension: '' }],
    ['nul\u0000.txt', { name: 'nul.txt', extension: 'txt' }],
  ])('should take %j', (raw, expected) => {
    expect(fileNameOf(raw)).toEqual(expected);
  });

  it('should cut a long name before its first dot', () => {
    expect(fileNameOf(`${'n'.repeat(300)}.x.txt`).name).toBe(`${'n'.repeat(200)}.txt`);
  });

  it.each(['a/b.txt', '..\\x.txt', '../../etc/passwd'])('should refuse %j', (raw) => {
    expect(() => fileNameOf(raw)).toThrow('invalid characters');
  });

  it('should refuse an empty name', () => {
    expect(() => fileNameOf(' ')).toThrow('filename does not exist');
  });
});

describe('dispositionOf', () => {
  it('should keep any name within the header', () => {
    expect(dispositionOf('attachment', 'a"b\r\n\u00fc.txt')).toBe("attachment; filename*=UTF-8''a%22b%0D%0A%C3%BC.txt");
  });
});
