import { PlainTransport } from '../__fixtures__/vendor-server.js';
import { filterAndValidateCredentials } from '../credentials/credential-form.js';
import { ProviderNotFoundError } from '../model-runtime.errors.js';
import { resolveEndpoint } from '../openai/endpoint.js';
import { StandardModelRuntime } from '../runtime/standard-model-runtime.js';
import { MODEL_TYPES, parseModelType } from '../types/model-type.js';
import { loadProviderFacts } from './facts.js';
import { longProviderId } from './provider-id.js';

const runtime = new StandardModelRuntime({ http: new PlainTransport() });

describe('the catalogue', () => {
  it('should have the five that are promised', async () => {
    const ids = (await runtime.listProviders()).map((manifest) => manifest.provider);

    expect(ids).toEqual(
      expect.arrayContaining([
        'baya/builtin/builtin',
        'langgenius/anthropic/anthropic',
        'langgenius/ollama/ollama',
        'langgenius/openai/openai',
        'langgenius/openai_api_compatible/openai_api_compatible',
      ]),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('should give every provider forms for its methods and models of its types only', async () => {
    for (const manifest of await runtime.listProviders()) {
      expect(manifest.providerForm !== null, manifest.provider).toBe(manifest.configurateMethods.includes('predefined-model'));
      expect(manifest.modelForm !== null, manifest.provider).toBe(manifest.configurateMethods.includes('customizable-model'));
      const models = await runtime.predefinedModels(manifest.provider);
      for (const model of models) {
        expect(manifest.supportedModelTypes, `${manifest.provider} ${model.model}`).toContain(model.modelType);
        for (const rule of model.parameterRules) expect(rule.label.en_US.length, `${model.model} ${rule.name}`).toBeGreaterThan(0);
      }
      expect(new Set(models.map((model) => `${model.modelType} ${model.model}`)).size, manifest.provider).toBe(models.length);
      if (models.length > 0) expect(manifest.providerForm, manifest.provider).not.toBeNull();
    }
  });

  it('should say in every field that is typed into what is wanted, in both languages', async () => {
    for (const { provider, providerForm, modelForm } of await runtime.listProviders()) {
      for (const field of [...(providerForm ?? []), ...(modelForm?.fields ?? [])]) {
        if (field.type !== 'text-input' && field.type !== 'secret-input') continue;
        expect(field.placeholder, `${provider} ${field.variable}`).toMatchObject({
          en_US: expect.stringMatching(/./),
          zh_Hans: expect.stringMatching(/./),
        });
      }
    }
  });

  it('should offer no format of a web search, but keep its field', async () => {
    const { modelForm } = await runtime.providerManifest('openai_api_compatible');
    const field = modelForm?.fields.find(({ variable }) => variable === 'web_search_support');

    expect(field?.default).toBe('not_supported');
    expect(field?.options?.map(({ value }) => value)).toEqual(['not_supported']);
  });

  it('should know an address for every provider, from its facts or from a field that must be filled in', async () => {
    for (const facts of await loadProviderFacts()) {
      const manifest = await runtime.providerManifest(facts.provider);
      const form = manifest.providerForm ?? manifest.modelForm?.fields ?? [];
      const filled = Object.fromEntries(
        form
          .filter((field) => field.required || field.default)
          .map((field) => [field.variable, field.options?.[0]?.value ?? field.default ?? 'https://host.example']),
      );
      const credentials = filterAndValidateCredentials(form, filled, 'llm');
      const { urlField } = facts.endpoint;
      if (urlField !== undefined && facts.endpoint.base === undefined) credentials[urlField] = 'https://host.example';

      expect(resolveEndpoint(facts.endpoint, credentials, 'm').baseUrl, facts.provider).toMatch(/^https:\/\/[^/]+\.[^/]+(\/.*[^/])?$/);
    }
  });

  it('should follow the switch for another region', async () => {
    const facts = (await loadProviderFacts()).find((provider) => provider.file === 'siliconflow');

    expect(resolveEndpoint(facts?.endpoint ?? {}, { use_international_endpoint: 'true' }, 'm').baseUrl).toBe(
      'https://api.siliconflow.com/v1',
    );
    expect(resolveEndpoint(facts?.endpoint ?? {}, { use_international_endpoint: 'false' }, 'm').baseUrl).toBe(
      'https://api.siliconflow.cn/v1',
    );
  });

  it('should follow an address of the user behind a choice', async () => {
    const facts = (await loadProviderFacts()).find((provider) => provider.file === 'aihubmix');

    expect(resolveEndpoint(facts?.endpoint ?? {}, { api_url: '__custom__', api_url_custom: 'https://mine.example/' }, 'm').baseUrl).toBe(
      'https://mine.example/v1',
    );
  });

  it('should give prices, templates and implied features of a predefined model', async () => {
    const [model] = (await runtime.predefinedModels('openai', 'llm')).filter(({ model: name }) => name === 'gpt-5.6');

    expect(model).toMatchObject({
      pricing: { input: '5.00', output: '30.00', unit: '0.000001', currency: 'USD' },
      fetchFrom: 'predefined-model',
    });
    expect(model?.parameterRules.find((rule) => rule.name === 'max_tokens')).toMatchObject({
      type: 'int',
      default: 8192,
      max: 128_000,
      label: { zh_Hans: '最大标记' },
    });
    expect(model?.features).toContain('structured-output');
  });

  it('should describe a fine-tuned model by its base', async () => {
    const schema = await runtime.modelSchema(
      { provider: 'openai', model: 'ft:gpt-4o-mini:acme::1', credentials: { openai_api_key: 'k' } },
      'llm',
    );

    expect(schema).toMatchObject({
      model: 'ft:gpt-4o-mini:acme::1',
      fetchFrom: 'customizable-model',
      properties: { context_size: 128_000 },
    });
  });
});

describe('ids', () => {
  it.each([
    ['openai', 'langgenius/openai/openai'],
    ['google', 'langgenius/gemini/google'],
    ['a/b/c', 'a/b/c'],
  ])('should read %s as %s', (id, long) => {
    expect(longProviderId(id)).toBe(long);
  });

  it.each(['', 'a/b', 'A/b/c', '../x/y', 'a b'])('should refuse %j', (id) => {
    expect(() => longProviderId(id)).toThrow(ProviderNotFoundError);
  });

  it('should read model types in both spellings', () => {
    expect(MODEL_TYPES.map((type) => parseModelType(type))).toEqual([...MODEL_TYPES]);
    expect(parseModelType('text-generation')).toBe('llm');
    expect(parseModelType('reranking')).toBe('rerank');
    expect(parseModelType('bogus')).toBeUndefined();
  });
});
