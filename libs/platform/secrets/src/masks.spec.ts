import { maskSecret, maskToolSecret } from './masks.js';

describe('masks', () => {
  it.each([
    ['', ''],
    ['12345678', '********************'],
    ['123456789', '123456************89'],
    ['sk-abcdefghijklmnop', 'sk-abc************op'],
  ])('should mask the model credential %j', (secret, masked) => {
    expect(maskSecret(secret)).toBe(masked);
  });

  it.each([
    ['', ''],
    ['123456', '******'],
    ['1234567', '12***67'],
  ])('should mask the tool credential %j', (secret, masked) => {
    expect(maskToolSecret(secret)).toBe(masked);
  });
});
