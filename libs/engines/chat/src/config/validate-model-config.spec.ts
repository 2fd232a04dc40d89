import type { JsonObject } from '#common';
import { ModelConfigError } from '../chat.errors.js';
import { DATASET_ID, InMemoryFacts, MODEL, PROVIDER } from '../testing/config.factory.js';
import type { EasyAppMode } from './app-mode.js';
import type { ModelConfigDocument } from './model-config-document.js';
import { validateAppModelConfig } from './validate-model-config.js';

const OTHER_ID = '0190b6f0-0000-7000-8000-000000000099';

function validate(body: unknown, mode: EasyAppMode = 'chat'): Promise<ModelConfigDocument> {
  return validateAppModelConfig(mode, body, new InMemoryFacts());
}

function withModel(body: JsonObject): JsonObject {
  return { model: MODEL, ...body };
}

const field = (type: string, value: JsonObject = {}): JsonObject => ({
  user_input_form: [{ [type]: { label: 'L', variable: 'v', ...value } }],
});
const keywords = (config: JsonObject): JsonObject => ({
  sensitive_word_avoidance: {
    enabled: true,
    type: 'keywords',
    config: { keywords: 'bad', inputs_config: { enabled: true, preset_response: 'No.' }, outputs_config: { enabled: false }, ...config },
  },
});
const agent = (tools: unknown[], strategy = 'function_call'): JsonObject => ({ agent_mode: { enabled: true, strategy, tools } });

describe('validateAppModelConfig', () => {
  describe('what it keeps', () => {
    it('should fill a chat configuration with the defaults of every key that the mode owns', async () => {
      const document = await validate({
        model: MODEL,
        system_parameters: {},
        annotation_reply: { enabled: true },
        more_like_this: { enabled: true },
      });

      expect(document).toEqual({
        model: { ...MODEL, completion_params: { stop: [] } },
        user_input_form: [],
        external_data_tools: [],
        file_upload: {},
        prompt_type: 'simple',
        pre_prompt: '',
        chat_prompt_config: {},
        completion_prompt_config: {},
        agent_mode: { enabled: false, strategy: 'router', tools: [] },
        dataset_configs: { retrieval_model: 'single', datasets: { strategy: 'router', datasets: [] } },
        dataset_query_variable: '',
        opening_statement: '',
        suggested_questions: [],
        suggested_questions_after_answer: { enabled: false },
        speech_to_text: { enabled: false },
        text_to_speech: { enabled: false, voice: '', language: '' },
        retriever_resource: { enabled: false },
        sensitive_word_avoidance: { enabled: false },
      });
    });

    it('should keep more_like_this of a completion app and drop what only conversations have', async () => {
      const document = await validate(
        withModel({
          more_like_this: { enabled: true },
          opening_statement: 'Hi',
          retriever_resource: { enabled: true },
          speech_to_text: { enabled: true },
        }),
        'completion',
      );

      expect(document.more_like_this).toEqual({ enabled: true });
      for (const key of [
        'opening_statement',
        'suggested_questions',
        'retriever_resource',
        'speech_to_text',
        'suggested_questions_after_answer',
      ]) {
        expect(document).not.toHaveProperty(key);
      }
    });

    it('should keep what the console sent for switched-off features (traces console/model-config)', async () => {
      const document = await validate(
        withModel({
          sensitive_word_avoidance: { enabled: false, type: '', configs: [] },
          text_to_speech: { enabled: false, voice: 'alloy', autoPlay: 'enabled' },
          agent_mode: { enabled: false, max_iteration: 5, strategy: 'react', tools: [] },
          dataset_configs: { retrieval_model: 'multiple', datasets: { datasets: [] }, top_k: 4, reranking_enable: false },
        }),
      );

      expect(document).toMatchObject({
        sensitive_word_avoidance: { enabled: false, type: '', configs: [] },
        text_to_speech: { enabled: false, voice: '', language: '', autoPlay: 'enabled' },
        agent_mode: { enabled: false, max_iteration: 5, strategy: 'react', tools: [] },
        dataset_configs: { retrieval_model: 'multiple', datasets: { datasets: [] }, top_k: 4, reranking_enable: false },
      });
    });

    it.each([
      ['openai', 'langgenius/openai/openai'],
      ['google', 'langgenius/gemini/google'],
      [PROVIDER, PROVIDER],
    ])('should store provider %s under its long id %s', async (provider, long) => {
      const document = await validate({ model: { ...MODEL, provider } });

      expect(document.model).toMatchObject({ provider: long });
    });

    it.each([
      ['mock-chat', 'chat'],
      ['mock-text', 'completion'],
      ['mock-plain', 'completion'],
    ])('should overwrite the mode of %s with %s', async (name, mode) => {
      const document = await validate({ model: { ...MODEL, name, mode: 'nonsense' } });

      expect(document.model).toMatchObject({ mode });
    });

    it('should complete role prefixes of a chat app with a completion-mode model', async () => {
      const document = await validate({
        model: { ...MODEL, name: 'mock-text' },
        prompt_type: 'advanced',
        completion_prompt_config: { prompt: { text: 'x' }, conversation_histories_role: { user_prefix: '', assistant_prefix: 'Bot' } },
      });

      expect(document.completion_prompt_config).toEqual({
        prompt: { text: 'x' },
        conversation_histories_role: { user_prefix: 'Human', assistant_prefix: 'Bot' },
      });
    });

    it('should not change the body it was given', async () => {
      const body = { model: { ...MODEL, provider: 'openai' }, text_to_speech: { enabled: false, voice: 'x' } };
      const before = structuredClone(body);

      await validate(body);

      expect(body).toEqual(before);
    });
  });

  it.each<[string, JsonObject]>([
    ['CJK and emoji names', field('text-input', { variable: '城市🌍_1' })],
    ['a number field', field('number')],
    ['a checkbox', field('checkbox')],
    ['a select with a default among its options', field('select', { options: ['a', 'b'], default: 'b' })],
    ['a select with an empty default', field('select', { options: ['a'], default: '' })],
    [
      'an external data tool that is on',
      { external_data_tools: [{ enabled: true, type: 'api', variable: 'w', config: { api_based_extension_id: 'ext-1' } }] },
    ],
    ['a broken external data tool that is off', { external_data_tools: [{ enabled: false, type: 'nonsense' }] }],
    ['an existing old-style dataset', { agent_mode: { tools: [{ dataset: { enabled: true, id: DATASET_ID } }] } }],
    ['an unknown old-style dataset that is off', { agent_mode: { tools: [{ dataset: { enabled: false, id: 'x' } }] } }],
    ['keyword moderation', keywords({})],
    ['four stop sequences', { model: { ...MODEL, completion_params: { stop: ['a', 'b', 'c', 'd'] } } }],
    [
      'file uploads',
      {
        file_upload: {
          enabled: true,
          allowed_file_types: ['image', 'custom'],
          allowed_file_upload_methods: ['local_file'],
          number_limits: 3,
        },
      },
    ],
    ['expert messages', { prompt_type: 'advanced', chat_prompt_config: { prompt: [{ role: 'system', text: 'x' }] } }],
  ])('should accept %s', async (_name, body) => {
    await expect(validate(withModel(body))).resolves.toBeDefined();
  });

  describe('what it refuses', () => {
    it.each<[unknown, string]>([
      [{}, 'model is required'],
      [null, 'must be of object type'],
      [[], 'must be of object type'],
      [{ model: 'x' }, 'model must be of object type'],
      [
        { model: { name: 'x' } },
        `model.provider is required and must be in ['${PROVIDER}', 'langgenius/openai/openai', 'langgenius/gemini/google']`,
      ],
      [{ model: { ...MODEL, provider: 'nobody' } }, 'model.provider is required'],
      [{ model: { ...MODEL, provider: 5 } }, 'model.provider is required'],
      [{ model: { provider: PROVIDER, completion_params: {} } }, 'model.name is required'],
      [{ model: { ...MODEL, name: 'gpt-9' } }, 'model.name must be'],
      [{ model: { provider: PROVIDER, name: 'mock-chat' } }, 'model.completion_params is required'],
      [{ model: { ...MODEL, completion_params: [] } }, 'model.completion_params must be of object type'],
      [{ model: { ...MODEL, completion_params: { stop: 'x' } } }, 'stop in model.completion_params must be of list type'],
      [{ model: { ...MODEL, completion_params: { stop: ['1', '2', '3', '4', '5'] } } }, 'at most 4'],
      [withModel({ user_input_form: 'x' }), 'user_input_form must be of list type'],
      [withModel({ user_input_form: ['x'] }), 'one key'],
      [withModel({ user_input_form: [{}] }), 'one key'],
      [
        withModel({ user_input_form: [{ bogus: {} }] }),
        'Keys in user_input_form list can only be paragraph, checkbox, number, external_data_tool, text-input, select',
      ],
      [withModel({ user_input_form: [{ paragraph: null }] }), 'must be of object type'],
      [withModel({ user_input_form: [{ paragraph: { variable: 'v' } }] }), 'label is required'],
      [withModel({ user_input_form: [{ paragraph: { label: 'l' } }] }), 'variable is required'],
      [withModel(field('paragraph', { label: 5 })), 'label in user_input_form must be of string type'],
      [withModel(field('paragraph', { variable: '1st' })), 'must not start with a digit'],
      [withModel(field('paragraph', { variable: '' })), 'variable in user_input_form'],
      [withModel(field('paragraph', { variable: 'a-b' })), 'variable in user_input_form'],
      [withModel(field('paragraph', { variable: 'a'.repeat(101) })), 'variable in user_input_form'],
      [withModel(field('paragraph', { required: 'yes' })), 'required in user_input_form must be of boolean type'],
      [withModel(field('select', { options: 'a' })), 'options in user_input_form must be of list type'],
      [withModel(field('select', { options: ['a'], default: 'b' })), 'default value in user_input_form'],
      [withModel({ external_data_tools: 'x' }), 'external_data_tools must be of list type'],
      [withModel({ external_data_tools: ['x'] }), 'external_data_tools'],
      [withModel({ external_data_tools: [{ enabled: true }] }), 'external_data_tools[].type is required'],
      [withModel({ external_data_tools: [{ enabled: true, type: 'sql' }] }), 'must be api'],
      [withModel({ external_data_tools: [{ enabled: true, type: 'api', config: {} }] }), 'api_based_extension_id is required'],
      [
        withModel({ external_data_tools: [{ enabled: true, type: 'api', config: { api_based_extension_id: 'ext-2' } }] }),
        'names no extension',
      ],
      [withModel({ file_upload: [1] }), 'file_upload must be of object type'],
      [withModel({ file_upload: { allowed_file_types: ['exe'] } }), 'allowed_file_types'],
      [withModel({ file_upload: { allowed_file_upload_methods: ['smoke'] } }), 'allowed_file_upload_methods'],
      [withModel({ file_upload: { allowed_file_extensions: [1] } }), 'allowed_file_extensions'],
      [withModel({ file_upload: { number_limits: 'many' } }), 'number_limits'],
      [withModel({ prompt_type: 'poetic' }), "prompt_type must be in ['simple', 'advanced']"],
      [withModel({ pre_prompt: 5 }), 'pre_prompt must be of string type'],
      [withModel({ prompt_type: 'advanced' }), 'is required when prompt_type is advanced'],
      [withModel({ prompt_type: 'advanced', chat_prompt_config: 'x' }), 'chat_prompt_config must be of object type'],
      [
        withModel({ prompt_type: 'advanced', chat_prompt_config: { prompt: Array(11).fill({ role: 'user', text: 'x' }) } }),
        'at most 10 messages',
      ],
      [withModel({ prompt_type: 'advanced', chat_prompt_config: { prompt: [{ role: 'king', text: 'x' }] } }), 'a role in'],
      [withModel({ dataset_configs: 'x' }), 'dataset_configs must be of object type'],
      [withModel({ dataset_configs: { datasets: { datasets: [{ dataset: { enabled: true, id: 'nope' } }] } } }), 'UUID'],
      [withModel({ agent_mode: { enabled: 'x' } }), 'enabled in agent_mode must be of boolean type'],
      [withModel({ agent_mode: { tools: 'x' } }), 'tools in agent_mode must be of list type'],
      [withModel({ agent_mode: { tools: [{ dataset: { enabled: true } }] } }), 'id is required in dataset'],
      [withModel({ agent_mode: { tools: [{ dataset: { enabled: true, id: 'x' } }] } }), 'UUID'],
      [withModel({ agent_mode: { tools: [{ dataset: { enabled: true, id: OTHER_ID } }] } }), 'Dataset ID does not exist'],
      [withModel({ opening_statement: 5 }), 'opening_statement must be of string type'],
      [withModel({ suggested_questions: 'x' }), 'suggested_questions must be of list type'],
      [withModel({ suggested_questions: [5] }), 'string type'],
      [
        withModel({ suggested_questions_after_answer: { enabled: 'yes' } }),
        'enabled in suggested_questions_after_answer must be of boolean type',
      ],
      [withModel({ speech_to_text: [1] }), 'speech_to_text must be of object type'],
      [withModel({ text_to_speech: { enabled: 1 } }), 'enabled in text_to_speech must be of boolean type'],
      [withModel({ retriever_resource: { enabled: 'x' } }), 'enabled in retriever_resource'],
      [withModel({ sensitive_word_avoidance: 'x' }), 'sensitive_word_avoidance must be of object type'],
      [withModel({ sensitive_word_avoidance: { enabled: true } }), 'sensitive_word_avoidance.type is required'],
      [withModel({ sensitive_word_avoidance: { enabled: true, type: 'psychic' } }), 'must be one of keywords'],
      [withModel(keywords({ inputs_config: undefined })), 'inputs_config is required'],
      [withModel(keywords({ inputs_config: 'x' })), 'inputs_config must be of object type'],
      [withModel(keywords({ inputs_config: { enabled: false } })), 'At least one of'],
      [withModel(keywords({ inputs_config: { enabled: true } })), 'inputs_config.preset_response is required'],
      [withModel(keywords({ inputs_config: { enabled: true, preset_response: 'x'.repeat(101) } })), 'at most 100 characters'],
      [withModel(keywords({ keywords: '' })), 'keywords is required'],
      [withModel(keywords({ keywords: 'x'.repeat(10_001) })), 'at most 10000 characters'],
      [withModel(keywords({ keywords: 'x\n'.repeat(100) })), 'at most 100 rows'],
    ])('should refuse %j', async (body, message) => {
      const failure = validate(body);

      await expect(failure).rejects.toThrow(ModelConfigError);
      await expect(failure).rejects.toThrow(message);
    });

    it.each<[string, JsonObject, string]>([
      ['an unknown strategy', agent([], 'magic'), 'strategy in agent_mode'],
      ['a fractional number of rounds', { agent_mode: { max_iteration: 1.5 } }, 'max_iteration'],
      [
        'a tool without its name',
        agent([{ enabled: true, provider_type: 'builtin', provider_id: 'time', tool_parameters: {} }]),
        'tool_name is required',
      ],
      [
        'tool parameters that are a list',
        agent([{ provider_type: 'b', provider_id: 'p', tool_name: 't', tool_parameters: [] }]),
        'tool_parameters',
      ],
      ['an unknown old-style tool', agent([{ telepathy: { enabled: true } }]), 'Keys in agent_mode.tools'],
      ['a tool that is no object', agent(['x']), 'object type'],
    ])('should refuse %s of an agent app, and only there', async (_name, body, message) => {
      await expect(validate(withModel(body), 'agent-chat')).rejects.toThrow(message);
      await expect(validate(withModel(body), 'chat')).resolves.toBeDefined();
    });

    it.each<[string, JsonObject]>([
      ['dataset_configs', { dataset_configs: { datasets: { datasets: [{ dataset: { enabled: true, id: DATASET_ID } }] } } }],
      ['agent_mode', { agent_mode: { tools: [{ dataset: { enabled: true, id: DATASET_ID } }] } }],
    ])('should want a query variable of a completion app with datasets in %s', async (_name, body) => {
      await expect(validate(withModel(body), 'completion')).rejects.toThrow('dataset_query_variable is required');
      await expect(validate(withModel({ ...body, dataset_query_variable: 'q' }), 'completion')).resolves.toBeDefined();
      await expect(validate(withModel(body), 'chat')).resolves.toBeDefined();
    });

    it('should refuse an advanced prompt for a model of neither mode', async () => {
      const facts = new InMemoryFacts();
      facts.modelMode = () => Promise.resolve('telepathic');

      await expect(
        validateAppModelConfig('chat', withModel({ prompt_type: 'advanced', chat_prompt_config: { prompt: [] } }), facts),
      ).rejects.toThrow('model.mode');
    });

    it('should report the first violation in the order of the validators', async () => {
      const wrongs = {
        sensitive_word_avoidance: 5,
        opening_statement: 5,
        dataset_configs: 5,
        pre_prompt: 5,
        file_upload: 5,
        user_input_form: 5,
      };
      const seen: string[] = [];
      const body: Record<string, unknown> = { model: 5, ...wrongs };
      for (let round = 0; round < 7; round += 1) {
        const message = await validate(body).then(
          () => '',
          (error: unknown) => (error as Error).message,
        );
        const key = Object.keys(body).find((name) => message.startsWith(name) && !(name === 'model' && body.model === MODEL)) as string;
        seen.push(key);
        body[key] = key === 'model' ? MODEL : undefined;
      }

      expect(seen).toEqual([
        'model',
        'user_input_form',
        'file_upload',
        'pre_prompt',
        'dataset_configs',
        'opening_statement',
        'sensitive_word_avoidance',
      ]);
      await expect(validate(body)).resolves.toBeDefined();
    });

    it('should refuse a body that nests too deep before it walks it', async () => {
      let deep: unknown = [];
      for (let i = 0; i < 100_000; i += 1) deep = [deep];

      await expect(validate(withModel({ suggested_questions: deep }))).rejects.toThrow('nests deeper than 200');
    });
  });

  it('should treat prototype keys as data', async () => {
    const body = JSON.parse(
      `{"model":${JSON.stringify(MODEL)},"__proto__":{"pre_prompt":5},"constructor":{"x":1},"text_to_speech":{"enabled":false,"__proto__":{"voice":"x"}}}`,
    ) as unknown;

    const document = await validate(body);

    expect(document.pre_prompt).toBe('');
    expect(Object.keys(document)).not.toContain('constructor');
  });
});
