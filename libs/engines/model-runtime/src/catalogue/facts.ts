import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { ModelPricing, ModelProperties, ParameterType } from '../types/model-schema.js';
import type { ConfigurateMethod, ModelFeature, ModelType } from '../types/model-type.js';
import type { CredentialField, FieldCondition } from '../types/provider-manifest.js';

/** A credential field as the data files have it. */
export interface FieldFacts {
  variable: string;
  label: string;
  type: CredentialField['type'];
  required: boolean;
  default?: string;
  placeholder?: string;
  max_length?: number;
  options?: { value: string; label: string; show_on?: FieldCondition[] }[];
  show_on?: FieldCondition[];
}

/** How the OpenAI-compatible client reaches a provider. */
export interface EndpointFacts {
  /** Address when no field gives another. */
  base?: string;
  /** Credential field that holds the address. */
  urlField?: string;
  /** When the address field has `value`, the address is in `field`. */
  customUrl?: { value: string; field: string };
  /** Path the address must end with; added when it does not. */
  suffix?: string;
  /** Another address when a field has a value. */
  when?: { field: string; value: string; base: string };
  /** Credential field that holds the key; absent: no key is sent. */
  keyField?: string;
  /** Credential field that holds the name of the model as the endpoint knows it. */
  modelField?: string;
  organizationField?: string;
  /** Whether the end user's id is sent as `user`; some vendors refuse a field they do not know. */
  sendUser?: boolean;
  /** `never`: the vendor reports its usage without being asked, and refuses the question. */
  includeUsage?: 'never';
  /** Rule names that the vendor spells otherwise. */
  rename?: Record<string, string>;
}

export interface ProviderFacts {
  /** Name of the file with its models. */
  file: string;
  provider: string;
  label: string;
  types: ModelType[];
  methods: ConfigurateMethod[];
  helpUrl?: string;
  providerForm?: FieldFacts[];
  modelForm?: FieldFacts[];
  adapter: 'openai' | 'anthropic';
  endpoint: EndpointFacts;
}

export interface RuleFacts {
  name: string;
  use_template?: string;
  type?: ParameterType;
  label?: string;
  required?: boolean;
  default?: number | string | boolean | null;
  min?: number;
  max?: number;
  precision?: number;
  options?: string[];
}

export interface ModelFacts {
  model: string;
  type: ModelType;
  label?: string;
  features?: ModelFeature[];
  properties?: ModelProperties;
  parameters?: RuleFacts[];
  pricing?: Omit<ModelPricing, 'output'> & { output?: string };
  deprecated?: boolean;
}

const DATA = 'libs/engines/model-runtime/data';

/** The data folder, found from the sources and from `dist` alike: below the first folder upwards that has one. */
function dataFolder(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const data = join(folder, DATA);
    if (existsSync(join(data, 'providers.json'))) return data;
    if (folder === dirname(folder)) throw new Error(`${DATA} is missing: it must be installed beside the program.`);
  }
}

async function readJson<T>(name: string): Promise<T> {
  return JSON.parse(await readFile(join(dataFolder(), name), 'utf8')) as T;
}

/** Facts of all providers except their models; one small file. */
export function loadProviderFacts(): Promise<ProviderFacts[]> {
  return readJson<ProviderFacts[]>('providers.json');
}

/** Facts of one provider's models; none when it lists none. */
export async function loadModelFacts(file: string): Promise<ModelFacts[]> {
  const name = join('models', `${file}.json`);
  return existsSync(join(dataFolder(), name)) ? readJson<ModelFacts[]>(name) : [];
}
