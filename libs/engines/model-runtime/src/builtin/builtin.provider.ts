import { toParameterRule } from '../parameters/parameter-rule.js';
import { ModelProvider } from '../ports/model-provider.port.js';
import type { EmbeddingCapability } from '../ports/model-provider.port.js';
import { i18n } from '../types/i18n.js';
import type { ModelSchema } from '../types/model-schema.js';
import type { ProviderManifest } from '../types/provider-manifest.js';
import { EchoLlm } from './echo-llm.js';
import { hashEmbedding } from './hash-embedding.js';

/** The provider that is always there and needs no credentials. */
export const BUILTIN_PROVIDER = 'baya/builtin/builtin';

const MODELS: readonly ModelSchema[] = [
  {
    model: 'echo-1',
    label: i18n('echo-1 (deterministic test model)', 'echo-1（确定性测试模型）'),
    modelType: 'llm',
    features: ['tool-call', 'multi-tool-call', 'stream-tool-call', 'structured-output'],
    fetchFrom: 'predefined-model',
    properties: { mode: 'chat', context_size: 128_000 },
    deprecated: false,
    parameterRules: [
      { ...toParameterRule({ name: 'max_tokens', use_template: 'max_tokens', default: 4096, max: 128_000 }) },
      {
        ...toParameterRule({ name: 'delay_ms', type: 'int', default: 0, min: 0, max: 10_000 }),
        label: i18n('Pause between words (ms)', '词间停顿（毫秒）'),
        help: i18n('Slows the answer down, to watch it arrive.', '放慢回答，便于观察流式输出。'),
      },
      toParameterRule({ name: 'response_format', type: 'string', options: ['text', 'json_schema'] }),
      toParameterRule({ name: 'json_schema', use_template: 'json_schema' }),
    ],
    pricing: null,
  },
  {
    model: 'hash-384',
    label: i18n('hash-384 (deterministic test embedder)', 'hash-384（确定性测试嵌入）'),
    modelType: 'text-embedding',
    features: null,
    fetchFrom: 'predefined-model',
    properties: { context_size: 128_000, max_chunks: 256 },
    deprecated: false,
    parameterRules: [],
    pricing: null,
  },
];

const MANIFEST: ProviderManifest = {
  provider: BUILTIN_PROVIDER,
  label: i18n('Baya built-in (test models)', 'Baya 内置（测试模型）'),
  description: i18n(
    'Deterministic test models that run inside Baya: a chat that repeats and an embedder that hashes words. No account, no network, no intelligence.',
    '在 Baya 内部运行的确定性测试模型：会复述的聊天模型和基于词哈希的嵌入模型。无需账号和网络，也不具备智能。',
  ),
  background: '#FEF3C7',
  help: null,
  supportedModelTypes: ['llm', 'text-embedding'],
  configurateMethods: ['predefined-model'],
  providerForm: [],
  modelForm: null,
};

/** Models that need nothing, so that every flow can be run and tested offline; labelled as what they are. */
export class BuiltinProvider extends ModelProvider {
  readonly id = BUILTIN_PROVIDER;
  override readonly llm = new EchoLlm();
  override readonly embedding: EmbeddingCapability = {
    embed: (call, request) => {
      call.signal?.throwIfAborted();
      const tokens = request.texts.reduce((sum, text) => sum + (text.match(/\S+/g)?.length ?? 0), 0);
      return Promise.resolve({ embeddings: request.texts.map(hashEmbedding), tokens });
    },
  };

  override manifest(): Promise<ProviderManifest> {
    return Promise.resolve(MANIFEST);
  }

  override predefinedModels(): Promise<readonly ModelSchema[]> {
    return Promise.resolve(MODELS);
  }

  override customModel(): Promise<null> {
    return Promise.resolve(null);
  }

  override validateProvider(): Promise<void> {
    return Promise.resolve();
  }

  override validateModel(): Promise<void> {
    return Promise.resolve();
  }
}
