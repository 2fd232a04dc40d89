import { providerIcon } from './provider-icon.js';

const label = (text: string) => ({ en_US: text, zh_Hans: text });

describe('providerIcon', () => {
  it('should show the initial on the colour of the provider', () => {
    const icon = providerIcon({ provider: 'a/b/c', label: label('openAI'), background: '#E5E7EB' });

    expect(icon).toContain('fill="#E5E7EB"');
    expect(icon).toContain('>O</text>');
  });

  it('should let nothing of a manifest out of its place', () => {
    const icon = providerIcon({ provider: 'a/b/c', label: label('<script>'), background: '"/><script>' });

    expect(icon).not.toContain('<script');
    expect(icon).toContain('&lt;</text>');
  });
});
