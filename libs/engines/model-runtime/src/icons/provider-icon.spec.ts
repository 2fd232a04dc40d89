import { i18n } from '../types/i18n.js';
import { providerIcon } from './provider-icon.js';

describe('providerIcon', () => {
  it('should show the initials', () => {
    expect(providerIcon({ provider: 'a/b/c', label: i18n('Open Router') })).toContain('>OR</text>');
    expect(providerIcon({ provider: 'a/b/c', label: i18n('deepseek') })).toContain('>D</text>');
    expect(providerIcon({ provider: 'a/b/c', label: i18n('智谱') })).toContain('>智</text>');
  });

  it('should be the same each time, and differ between providers', () => {
    const icon = providerIcon({ provider: 'a/b/c', label: i18n('X') });

    expect(providerIcon({ provider: 'a/b/c', label: i18n('X') })).toBe(icon);
    expect(providerIcon({ provider: 'a/b/d', label: i18n('X') })).not.toBe(icon);
  });

  it('should carry no markup out of a label', () => {
    expect(providerIcon({ provider: 'a/b/c', label: i18n('<script>&') })).toContain('>S</text>');
    expect(providerIcon({ provider: 'a/b/see', label: i18n('&&&') })).toContain('>S</text>');
  });
});
