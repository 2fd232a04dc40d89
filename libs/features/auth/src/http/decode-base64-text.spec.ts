import { decodeBase64Text } from './decode-base64-text.js';

describe('decodeBase64Text', () => {
  it.each([
    ['UGFzc3cwcmQheA==', 'Passw0rd!x'],
    ['UGFz c3cw\ncmQheA==', 'Passw0rd!x'],
    [Buffer.from('пароль 🔑').toString('base64'), 'пароль 🔑'],
    ['', ''],
  ])('should decode %j', (encoded, text) => {
    expect(decodeBase64Text(encoded)).toBe(text);
  });

  it.each(['Passw0rd!x', 'UGFzc3cwcmQheA', 'UGFzc3cwcmQheA=', 'a', '/////w=='])(
    'should refuse %j, which is no base64 of a text',
    (encoded) => {
      expect(decodeBase64Text(encoded)).toBeNull();
    },
  );
});
