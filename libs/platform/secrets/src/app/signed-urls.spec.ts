import { createHmac } from 'node:crypto';
import { ServerConfig, UploadsConfig } from '#platform/config';
import { AppSecrets } from './app-secrets.js';
import { SignedUrls } from './signed-urls.js';

const make = (server: Partial<ServerConfig> = {}, secret = 'secret') =>
  new SignedUrls(new AppSecrets(secret), Object.assign(new ServerConfig(), server), new UploadsConfig());

describe('SignedUrls', () => {
  const urls = make();

  afterEach(() => vi.useRealTimers());

  it('should sign as the contract says', () => {
    const { timestamp, nonce, sign } = urls.sign(['file-preview', 'id']);

    expect(sign).toBe(`${createHmac('sha256', 'secret').update(`file-preview|id|${timestamp}|${nonce}`).digest('base64url')}=`);
    expect(nonce).toMatch(/^[0-9a-f]{32}$/);
  });

  it('should take its own signature for these parts only', () => {
    const signature = urls.sign(['file-preview', 'id']);

    expect(urls.verify(['file-preview', 'id'], signature)).toBe(true);
    expect(urls.verify(['image-preview', 'id'], signature)).toBe(false);
    expect(urls.verify(['file-preview', 'other'], signature)).toBe(false);
    expect(make({}, 'other').verify(['file-preview', 'id'], signature)).toBe(false);
  });

  it('should refuse a signature that is missing, malformed or changed', () => {
    const signature = urls.sign(['file-preview', 'id']);

    for (const change of [
      { timestamp: undefined },
      { timestamp: 'soon' },
      { timestamp: '99999999999' },
      { nonce: 'x' },
      { sign: '' },
      { sign: undefined },
      { sign: 'a'.repeat(44) },
    ]) {
      expect(urls.verify(['file-preview', 'id'], { ...signature, ...change })).toBe(false);
    }
  });

  it('should refuse a signature that is too old', () => {
    vi.useFakeTimers({ now: 1_700_000_000_000 });
    const signature = urls.sign(['file-preview', 'id']);

    vi.setSystemTime(1_700_000_300_000);
    expect(urls.verify(['file-preview', 'id'], signature)).toBe(true);
    vi.setSystemTime(1_700_000_301_000);
    expect(urls.verify(['file-preview', 'id'], signature)).toBe(false);
  });

  it('should make links that it verifies, starting with the configured address', () => {
    const link = new URL(make({ filesUrl: 'https://files.example' }).uploadedFile('owner', 'id', { asAttachment: true }));
    const signature = Object.fromEntries(link.searchParams);

    expect(`${link.origin}${link.pathname}`).toBe('https://files.example/files/id/file-preview');
    expect(signature.as_attachment).toBe('true');
    expect(urls.verify(['file-preview', 'id', 'owner'], signature)).toBe(true);
    expect(urls.verify(['file-preview', 'id', 'other'], signature)).toBe(false);
    expect(urls.uploadedFile('owner', 'id', { origin: 'http://h:1' })).toMatch(/^http:\/\/h:1\/files\/id\/file-preview\?/);
    expect(urls.uploadedFile('owner', 'id', { kind: 'image-preview' })).toMatch(
      /^\/files\/id\/image-preview\?timestamp=\d+&nonce=\w+&sign=/,
    );
  });
});
