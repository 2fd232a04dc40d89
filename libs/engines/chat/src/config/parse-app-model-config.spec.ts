import { ModelConfigError } from '../chat.errors.js';
import { configFactory, DATASET_ID, MODEL } from '../testing/config.factory.js';
import { modelConfigDefaults } from './model-config-document.js';
import type { ModelConfigDocument } from './model-config-document.js';
import { parseAppModelConfig } from './parse-app-model-config.js';
import { datasetIdsOf } from './parse-datasets.js';

const linked = {
  datasets: [{ dataset: { enabled: true, id: DATASET_ID } }, { dataset: { enabled: false, id: DATASET_ID } }, { other: {} }],
};

describe('parseAppModelConfig', () => {
  it.each([
    {},
    { model: { provider: null, name: null, mode: 'chat', completion_params: {} } },
    { model: { provider: 'openai', name: '' } },
  ])('should refuse a configuration without a model: %j', (document) => {
    expect(() => parseAppModelConfig('chat', document)).toThrow(ModelConfigError);
  });

  it('should read a minimal configuration with everything off', () => {
    expect(configFactory({ retriever_resource: { enabled: false } })).toEqual({
      mode: 'chat',
      model: { provider: MODEL.provider, name: 'mock-chat', mode: 'chat', parameters: {}, stop: [] },
      prompt: { type: 'simple', prePrompt: '' },
      inputForm: [],
      externalDataTools: [],
      datasets: null,
      openingStatement: '',
      suggestedQuestions: [],
      suggestedQuestionsAfterAnswer: false,
      speechToText: false,
      textToSpeech: { enabled: false, voice: '', language: '', autoPlay: false },
      showRetrieverResources: false,
      moreLikeThis: false,
      moderation: null,
      fileUpload: null,
      imageDetail: 'high',
      agent: null,
    });
  });

  it('should take stop out of the parameters and expand a short provider id', () => {
    const { model } = configFactory({
      model: { provider: 'openai', name: 'gpt', completion_params: { temperature: 0.2, stop: ['x', 5] } },
    });

    expect(model).toEqual({ provider: 'langgenius/openai/openai', name: 'gpt', mode: null, parameters: { temperature: 0.2 }, stop: ['x'] });
  });

  it('should read expert prompts and drop messages that are none', () => {
    const { prompt } = configFactory({
      prompt_type: 'advanced',
      chat_prompt_config: { prompt: [{ role: 'system', text: 'S' }, { role: 'king', text: 'x' }, 'x', { role: 'user' }] },
      completion_prompt_config: { prompt: { text: 'T' }, conversation_histories_role: { user_prefix: 'U', assistant_prefix: 'A' } },
    });

    expect(prompt).toEqual({
      type: 'advanced',
      chat: [
        { role: 'system', text: 'S' },
        { role: 'user', text: '' },
      ],
      completion: { text: 'T', rolePrefixes: { user: 'U', assistant: 'A' } },
    });
  });

  it('should collect enabled external data tools of both places', () => {
    const tool = { enabled: true, type: 'api', config: { api_based_extension_id: 'e' } };
    const { externalDataTools } = configFactory({
      external_data_tools: [
        { ...tool, variable: 'a' },
        { ...tool, variable: 'b', enabled: false },
      ],
      user_input_form: [
        { external_data_tool: { type: 'api', config: {}, variable: 'c' } },
        { external_data_tool: { ...tool, variable: 'a', type: 'second' } },
        { external_data_tool: { enabled: true, variable: 'd' } },
      ],
    });

    expect(externalDataTools.map(({ variable, type }) => [variable, type])).toEqual([
      ['a', 'api'],
      ['c', 'api'],
    ]);
  });

  describe('datasets', () => {
    it('should read ranking with its defaults', () => {
      const { datasets } = configFactory({ dataset_configs: { retrieval_model: 'multiple', datasets: linked, score_threshold: 0.5 } });

      expect(datasets).toMatchObject({
        datasetIds: [DATASET_ID],
        retrieval: 'multiple',
        ranking: {
          topK: 4,
          scoreThreshold: null,
          rerankingEnabled: true,
          rerankingMode: 'reranking_model',
          rerankingModel: null,
          weights: null,
        },
        metadataFilteringMode: 'disabled',
      });
    });

    it('should use the threshold only when it is on and let reranking be switched off', () => {
      const { datasets } = configFactory({
        dataset_configs: {
          retrieval_model: 'multiple',
          datasets: linked,
          score_threshold_enabled: true,
          score_threshold: 0.5,
          reranking_enabled: false,
          top_k: 7,
        },
      });

      expect(datasets?.ranking).toMatchObject({ topK: 7, scoreThreshold: 0.5, rerankingEnabled: false });
    });

    it('should have no ranking when the model picks a single dataset', () => {
      const { datasets } = configFactory({
        dataset_configs: { retrieval_model: 'single', datasets: linked, metadata_filtering_mode: 'manual' },
      });

      expect(datasets).toMatchObject({ retrieval: 'single', ranking: null, metadataFilteringMode: 'manual' });
    });

    it('should take old-style datasets only while the agent mode is on', () => {
      const old = (enabled: boolean): ModelConfigDocument => ({
        agent_mode: { enabled, tools: [{ dataset: { enabled: true, id: DATASET_ID } }] },
      });

      expect(datasetIdsOf(old(true))).toEqual([DATASET_ID]);
      expect(datasetIdsOf(old(false))).toEqual([]);
    });
  });

  describe('moderation', () => {
    it('should say which sides are on', () => {
      const config = { keywords: 'x', inputs_config: { enabled: true, preset_response: 'No' }, outputs_config: { enabled: false } };

      expect(configFactory({ sensitive_word_avoidance: { enabled: true, type: 'keywords', config } }).moderation).toEqual({
        type: 'keywords',
        config,
        inputs: true,
        outputs: false,
      });
    });

    it('should be off when it is disabled', () => {
      expect(configFactory({ sensitive_word_avoidance: { enabled: false, type: 'keywords', config: {} } }).moderation).toBeNull();
    });
  });

  describe('files', () => {
    it('should take files when the whole object is enabled', () => {
      const { fileUpload, imageDetail } = configFactory({
        file_upload: {
          enabled: true,
          allowed_file_types: ['image', 'nonsense'],
          allowed_file_extensions: ['PDF', '.md'],
          allowed_file_upload_methods: ['local_file'],
          image: { detail: 'low' },
        },
      });

      expect(fileUpload).toEqual({
        allowedTypes: ['image'],
        allowedExtensions: ['.pdf', '.md'],
        allowedMethods: ['local_file'],
        numberLimit: 3,
      });
      expect(imageDetail).toBe('low');
    });

    it('should ignore files where only the old image object is enabled (trace service/chat-errors)', () => {
      expect(configFactory({ file_upload: { image: { enabled: true, number_limits: 3 } } }).fileUpload).toBeNull();
    });
  });

  describe('agent', () => {
    const tool = { enabled: true, provider_type: 'builtin', provider_id: 'time', tool_name: 'now', tool_parameters: {} };

    it('should read strategy, rounds and enabled tools', () => {
      const agent_mode = {
        enabled: true,
        strategy: 'react',
        max_iteration: 3,
        tools: [tool, { ...tool, enabled: false }, { dataset: { enabled: true } }],
      };

      expect(configFactory({ agent_mode }, 'agent-chat').agent).toEqual({
        strategy: 'react',
        maxIterations: 3,
        tools: [tool],
        prompt: null,
      });
    });

    it.each(['router', 'react_router', null])('should have none with strategy %s', (strategy) => {
      expect(configFactory({ agent_mode: { enabled: true, strategy, tools: [] } }, 'agent-chat').agent).toBeNull();
    });

    it('should have none outside agent apps', () => {
      expect(configFactory({ agent_mode: { enabled: true, strategy: 'react', tools: [] } }).agent).toBeNull();
    });
  });

  it('should survive any junk in every key', () => {
    for (const junk of [5, 'x', true, [1, 'x', null, {}, []], { x: { y: [] } }]) {
      const document = Object.fromEntries(Object.keys(modelConfigDefaults()).map((key) => [key, junk]));

      expect(() => parseAppModelConfig('agent-chat', { ...document, model: MODEL })).not.toThrow();
    }
  });
});
