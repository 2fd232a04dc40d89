import { fromStoredModelConfig, modelConfigDefaults, toStoredModelConfig } from './model-config-document.js';

describe('toStoredModelConfig', () => {
  it('should store every key, empty objects and lists as null, texts as they are', () => {
    const stored = toStoredModelConfig({
      model: { provider: 'p' },
      pre_prompt: '',
      suggested_questions: [],
      file_upload: {},
      retriever_resource: { enabled: false },
    });

    expect(Object.keys(stored).sort()).toEqual(Object.keys(modelConfigDefaults()).sort());
    expect(stored).toMatchObject({
      model: { provider: 'p' },
      pre_prompt: '',
      opening_statement: null,
      suggested_questions: null,
      file_upload: null,
      retriever_resource: { enabled: false },
    });
  });

  it('should leave out keys that are no columns', () => {
    const stored = toStoredModelConfig(JSON.parse('{"system_parameters":{"a":1},"__proto__":{"b":1}}') as object);

    expect(stored).not.toHaveProperty('system_parameters');
    expect(stored).not.toHaveProperty('b');
  });
});

describe('fromStoredModelConfig', () => {
  it('should read a row of nulls as the defaults (trace first/no-models)', () => {
    const row = toStoredModelConfig({});

    expect(fromStoredModelConfig(row)).toEqual(modelConfigDefaults());
  });

  it('should read back what was stored', () => {
    const row = toStoredModelConfig({
      pre_prompt: '',
      retriever_resource: { enabled: false },
      dataset_configs: { retrieval_model: 'multiple', top_k: 2 },
    });

    expect(fromStoredModelConfig(row)).toMatchObject({
      pre_prompt: '',
      retriever_resource: { enabled: false },
      dataset_configs: { retrieval_model: 'multiple', top_k: 2 },
    });
  });

  it('should read dataset settings without a retrieval model as single and nothing else', () => {
    expect(fromStoredModelConfig({ dataset_configs: { top_k: 3 } }).dataset_configs).toEqual({ retrieval_model: 'single' });
  });

  it('should read columns that hold something else than they should as their default', () => {
    expect(fromStoredModelConfig({ model: 'x', pre_prompt: { a: 1 }, user_input_form: 5 })).toMatchObject({
      model: {},
      pre_prompt: null,
      user_input_form: [],
    });
  });

  it('should give a new object each time', () => {
    (modelConfigDefaults().suggested_questions as unknown[]).push('x');

    expect(modelConfigDefaults().suggested_questions).toEqual([]);
  });
});
