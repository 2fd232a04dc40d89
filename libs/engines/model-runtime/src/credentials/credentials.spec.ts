import { i18n } from '../types/i18n.js';
import type { CredentialField } from '../types/provider-manifest.js';
import { filterAndValidateCredentials } from './credential-form.js';
import { maskCredentials, maskSecret, redact, restoreHidden } from './secrets.js';

function field(variable: string, more: Partial<CredentialField> = {}): CredentialField {
  return {
    variable,
    label: i18n(variable),
    type: 'text-input',
    required: false,
    default: null,
    options: null,
    placeholder: null,
    maxLength: 0,
    showOn: [],
    ...more,
  };
}

const option = (value: string): { label: ReturnType<typeof i18n>; value: string; showOn: [] } => ({
  label: i18n(value),
  value,
  showOn: [],
});

describe('filterAndValidateCredentials', () => {
  it('should keep what the form knows, fill defaults and drop the rest', () => {
    const form = [field('url', { required: true }), field('mode', { default: 'chat' }), field('note')];

    expect(filterAndValidateCredentials(form, { url: 'http://x', note: '', other: 'y' })).toEqual({ url: 'http://x', mode: 'chat' });
  });

  it.each([undefined, null, ''])('should miss a required value that is %j', (url) => {
    expect(() => filterAndValidateCredentials([field('url', { required: true })], { url })).toThrow('Variable url is required');
  });

  it('should fill a gap in an optional field only by a default', () => {
    expect(() => filterAndValidateCredentials([field('size', { required: true, default: '4096' })], {})).toThrow(
      'Variable size is required',
    );
  });

  it('should ask only for fields whose conditions all hold', () => {
    const form = [
      field('auth', { required: true }),
      field('key', { required: true, showOn: [{ variable: 'auth', value: 'key' }] }),
      field('role', { required: true, showOn: [{ variable: 'auth', value: 'iam' }] }),
      field('voices', { showOn: [{ variable: '__model_type', value: 'tts' }] }),
    ];

    expect(filterAndValidateCredentials(form, { auth: 'key', key: 'k', role: 'r', voices: 'v' }, 'llm')).toEqual({ auth: 'key', key: 'k' });
    expect(filterAndValidateCredentials(form, { auth: 'iam', role: 'r', voices: 'v' }, 'tts')).toEqual({
      auth: 'iam',
      role: 'r',
      voices: 'v',
    });
  });

  it('should not take a condition about the prototype for true', () => {
    expect(filterAndValidateCredentials([field('x', { showOn: [{ variable: 'toString', value: 'x' }] })], { x: '1' })).toEqual({});
  });

  it('should take the field of the model type when a variable occurs several times', () => {
    const form = [
      field('size', { default: '1', showOn: [{ variable: '__model_type', value: 'llm' }] }),
      field('size', { default: '2', showOn: [{ variable: '__model_type', value: 'rerank' }] }),
    ];

    expect(filterAndValidateCredentials(form, {}, 'rerank')).toEqual({ size: '2' });
  });

  it.each([
    [field('n'), 5, 'should be string'],
    [field('n'), { a: 1 }, 'should be string'],
    [field('n', { maxLength: 3 }), 'abcd', 'length should not be greater than 3'],
    [field('n', { type: 'select', options: [option('a')] }), 'b', 'should be one of: a'],
    [field('n', { type: 'radio', options: [option('a')] }), 'b', 'should be one of: a'],
    [field('n', { type: 'switch' }), 'perhaps', 'should be true or false'],
  ])('should refuse a wrong value', (wrong, value, message) => {
    expect(() => filterAndValidateCredentials([wrong], { n: value })).toThrow(message);
  });

  it.each([
    ['TRUE', { on: true }],
    [true, { on: true }],
    ['false', {}],
    [false, {}],
  ])('should store the switch %j as %j', (value, stored) => {
    expect(filterAndValidateCredentials([field('on', { type: 'switch', required: true })], { on: value })).toEqual(stored);
  });
});

describe('secrets', () => {
  const form = [field('url'), field('key', { type: 'secret-input' })];

  it.each([
    ['12345678', '*'.repeat(20)],
    ['sk-abcdefghij', 'sk-abc************ij'],
  ])('should mask %s', (secret, masked) => {
    expect(maskSecret(secret)).toBe(masked);
  });

  it('should mask secrets and whatever the form does not know, and show the rest', () => {
    expect(maskCredentials(form, { url: 'http://x', key: 'sk-abcdefghij', legacy_key: 'short', on: true })).toEqual({
      url: 'http://x',
      key: 'sk-abc************ij',
      legacy_key: '*'.repeat(20),
      on: true,
    });
  });

  it('should put the stored secret back for the placeholder only', () => {
    expect(restoreHidden(form, { url: '[__HIDDEN__]', key: '[__HIDDEN__]' }, { url: 'u', key: 'k' })).toEqual({
      url: '[__HIDDEN__]',
      key: 'k',
    });
    expect(restoreHidden(form, { key: 'new' }, { key: 'k' })).toEqual({ key: 'new' });
  });

  it('should take secrets out of a text', () => {
    expect(redact('key sk-abcdefghij at http://host-name', form, { key: 'sk-abcdefghij', url: 'http://host-name' })).toBe(
      'key *** at http://host-name',
    );
  });
});
