import { decodeText } from './decode-text.js';

const gbk = Buffer.from('d6d0b9fac8cbc3f1b9b2bacdb9fa20d5e2cac7d2bbb8f6bcf2b5a5b5c4c0fdd7d3a3acd3c3c0b4b2e2cad4b1e0c2eb', 'hex');
const shiftJis = Buffer.from('93fa967b8cea82cc83658358836782c582b7814282b182ea82cd8ac892509' + '5c48e9a8142', 'hex');

describe('decodeText', () => {
  it.each<[string, Uint8Array, string | null, string]>([
    ['nothing', Buffer.alloc(0), null, ''],
    ['UTF-8', Buffer.from('ü 你好 🌍'), null, 'ü 你好 🌍'],
    ['UTF-8 with a mark', Buffer.from('\uFEFFa,b'), null, 'a,b'],
    ['UTF-16 with a mark', Buffer.from('\uFEFFhällo', 'utf16le'), null, 'hällo'],
    ['UTF-16 without a mark', Buffer.from('some words of text', 'utf16le'), null, 'some words of text'],
    ['UTF-16 the other way round', Buffer.from('some words of text', 'utf16le').swap16(), null, 'some words of text'],
    ['a named encoding', gbk.subarray(0, 4), 'gb18030', '中国'],
    ['an encoding that there is not', Buffer.from('ü'), 'nonsense', 'ü'],
    ['Chinese', gbk, null, '中国人民共和国 这是一个简单的例子，用来测试编码'],
    ['Japanese', shiftJis, null, '日本語のテストです。これは簡単'],
    ['quotation marks of Windows', Buffer.from([0x93, 0x63, 0x61, 0x66, 0xe9, 0x94, 0x20, 0x80]), 'windows-1252', '“café” €'],
    [
      'quotation marks that are guessed',
      Buffer.from('He said \u0093caf\u00e9\u0094, and d\u00e9j\u00e0 vu', 'latin1'),
      null,
      'He said “café”, and déjà vu',
    ],
    ['one word of Western European', Buffer.from([0x63, 0x61, 0x66, 0xe9]), null, 'café'],
  ])('should read %s', (_, bytes, charset, text) => {
    expect(decodeText(bytes, charset).slice(0, text.length)).toBe(text);
  });

  it('should look at a bounded part of a long text', () => {
    const bytes = Buffer.concat([Buffer.alloc(20_000_000, 'a'), Buffer.from([0xe9])]);

    const started = performance.now();

    expect(decodeText(bytes)).toHaveLength(20_000_001);
    expect(performance.now() - started).toBeLessThan(3000);
  });
});
