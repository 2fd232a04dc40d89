import { i18n } from '../types/i18n.js';
import type { CredentialField, ProviderManifest } from '../types/provider-manifest.js';
import type { FieldFacts, ProviderFacts } from './facts.js';

/** The cards' colours, by place of the provider's name in the alphabet of colours: ours, not the vendors'. */
const BACKGROUNDS = ['#E0F2FE', '#EDE9FE', '#DCFCE7', '#FEF3C7', '#FFE4E6', '#E5E7EB', '#CCFBF1', '#FAE8FF'];

/** Makes a provider's manifest out of its facts. */
export function toManifest(facts: ProviderFacts): ProviderManifest {
  return {
    provider: facts.provider,
    label: i18n(facts.label),
    description: i18n(`Models of ${facts.label}: ${facts.types.join(', ')}.`, `${facts.label} 提供的模型：${facts.types.join('、')}。`),
    background: BACKGROUNDS[colourIndex(facts.provider, BACKGROUNDS.length)] ?? null,
    help: facts.helpUrl ? { title: i18n(`Get a key from ${facts.label}`, `从 ${facts.label} 获取密钥`), url: i18n(facts.helpUrl) } : null,
    supportedModelTypes: facts.types,
    configurateMethods: facts.methods,
    providerForm: facts.methods.includes('predefined-model') ? (facts.providerForm ?? []).map(toField) : null,
    modelForm: facts.methods.includes('customizable-model')
      ? {
          label: i18n('Model Name', '模型名称'),
          placeholder: i18n('Enter the name of the model', '输入模型名称'),
          fields: (facts.modelForm ?? []).map(toField),
        }
      : null,
  };
}

/** A stable number below `count` for a text. */
export function colourIndex(text: string, count: number): number {
  let sum = 0;
  for (const character of text) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 65_521;
  return sum % count;
}

function toField(facts: FieldFacts): CredentialField {
  return {
    variable: facts.variable,
    label: i18n(facts.label),
    type: facts.type,
    required: facts.required,
    default: facts.default ?? null,
    options: facts.options?.map((option) => ({ label: i18n(option.label), value: option.value, showOn: option.show_on ?? [] })) ?? null,
    placeholder: placeholderOf(facts),
    maxLength: facts.max_length ?? 0,
    showOn: facts.show_on ?? [],
  };
}

/** Fields that are typed into say what is wanted, where the facts do not in the field's own words. */
function placeholderOf({ placeholder, label, type }: FieldFacts): CredentialField['placeholder'] {
  if (placeholder) return i18n(placeholder);
  return type === 'text-input' || type === 'secret-input' ? i18n(`Enter ${label}`, `输入 ${label}`) : null;
}
