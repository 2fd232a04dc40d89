import { AesEax } from './aes-eax.js';

const bytes = (hex: string): Buffer => Buffer.from(hex, 'hex');

/** Appendix G of "The EAX Mode of Operation" (2003): text, key, nonce, header, cipher text with tag. */
const PUBLISHED = [
  ['', '233952DEE4D5ED5F9B9C6D6FF80FF478', '62EC67F9C3A4A407FCB2A8C49031A8B3', '6BFB914FD07EAE6B', 'E037830E8389F27B025A2D6527E79D01'],
  [
    'F7FB',
    '91945D3F4DCBEE0BF45EF52255F095A4',
    'BECAF043B0A23D843194BA972C66DEBD',
    'FA3BFD4806EB53FA',
    '19DD5C4C9331049D0BDAB0277408F67967E5',
  ],
  [
    '1A47CB4933',
    '01F74AD64077F2E704C0F60ADA3DD523',
    '70C3DB4F0D26368400A10ED05D2BFF5E',
    '234A3463C1264AC6',
    'D851D5BAE03A59F238A23E39199DC9266626C40F80',
  ],
  [
    '481C9E39B1',
    'D07CF6CBB7F313BDDE66B727AFD3C5E8',
    '8408DFFF3C1A2B1292DC199E46B7D617',
    '33CCE2EABFF5A79D',
    '632A9D131AD4C168A4225D8E1FF755939974A7BEDE',
  ],
  [
    '40D0C07DA5E4',
    '35B6D0580005BBC12B0587124557D2C2',
    'FDB6B06676EEDC5C61D74276E1F8E816',
    'AEB96EAEBE2970E9',
    '071DFE16C675CB0677E536F73AFE6A14B74EE49844DD',
  ],
  [
    '4DE3B35C3FC039245BD1FB7D',
    'BD8E6E11475E60B268784C38C62FEB22',
    '6EAC5C93072D8E8513F750935E46DA1B',
    'D4482D1CA78DCE0F',
    '835BB4F15D743E350E728414ABB8644FD6CCB86947C5E10590210A4F',
  ],
  [
    '8B0A79306C9CE7ED99DAE4F87F8DD61636',
    '7C77D6E813BED5AC98BAA417477A2E7D',
    '1A8C98DCD73D38393B2BF1569DEEFC19',
    '65D2017990D62528',
    '02083E3979DA014812F59F11D52630DA30137327D10649B0AA6E1C181DB617D7F2',
  ],
] as const;

describe('AesEax', () => {
  it.each(PUBLISHED)('should seal and open the published text %j', (text, key, nonce, header, expected) => {
    const eax = new AesEax(bytes(key));

    const { ciphertext, tag } = eax.seal(bytes(nonce), bytes(text), bytes(header));

    expect(Buffer.concat([ciphertext, tag]).toString('hex').toUpperCase()).toBe(expected);
    expect(eax.open(bytes(nonce), { ciphertext, tag }, bytes(header))?.toString('hex').toUpperCase()).toBe(text);
  });

  it.each([
    ['', 'bb1d6929e95937287fa37d129b756746'],
    ['6bc1bee22e409f96e93d7e117393172a', '070a16b46b4d4144f79bdd9dd04a287c'],
    ['6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e5130c81c46a35ce411', 'dfa66747de9ae63030ca32611497c827'],
    [
      '6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e5130c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710',
      '51f0bebf7e3b9d92fc49741779363cfe',
    ],
  ])('should compute the CMAC of RFC 4493 for %j', (message, expected) => {
    expect(new AesEax(bytes('2b7e151628aed2a6abf7158809cf4f3c')).cmac(bytes(message)).toString('hex')).toBe(expected);
  });

  it('should refuse a changed text, tag, nonce or header', () => {
    const [, key, nonce, header] = PUBLISHED[6];
    const eax = new AesEax(bytes(key));
    const sealed = eax.seal(bytes(nonce), Buffer.from('text'), bytes(header));
    const flipped = (data: Buffer): Buffer => Buffer.from(data.map((byte, i) => (i === 0 ? byte ^ 1 : byte)));

    expect(eax.open(bytes(nonce), { ...sealed, ciphertext: flipped(sealed.ciphertext) }, bytes(header))).toBeNull();
    expect(eax.open(bytes(nonce), { ...sealed, tag: flipped(sealed.tag) }, bytes(header))).toBeNull();
    expect(eax.open(bytes(nonce), { ...sealed, tag: Buffer.alloc(0) }, bytes(header))).toBeNull();
    expect(eax.open(flipped(bytes(nonce)), sealed, bytes(header))).toBeNull();
    expect(eax.open(bytes(nonce), sealed)).toBeNull();
  });
});
