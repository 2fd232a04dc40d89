import { dslWith } from '../testing/dsl.factory.js';
import { dependenciesOf, pluginsOf } from './dependencies.js';
import { parseDsl } from './parse-dsl.js';

const nodes = {
  llm: { type: 'llm', model: { provider: 'openai' } },
  again: { type: 'question-classifier', model: { provider: 'langgenius/openai/openai' } },
  extract: { type: 'parameter-extractor', model: { provider: 'google' } },
  built: { type: 'llm', model: { provider: 'baya/builtin/builtin' } },
  tool: { type: 'tool', provider_id: 'jina', provider_type: 'builtin' },
  core: { type: 'tool', provider_id: 'time', provider_type: 'builtin' },
  flow: { type: 'tool', provider_id: '0198c5a4-7f3e-7c1d-9b5e-2f6d8a1c0e47', provider_type: 'workflow' },
  rerank: {
    type: 'knowledge-retrieval',
    retrieval_mode: 'multiple',
    multiple_retrieval_config: { reranking_model: { provider: 'cohere' } },
  },
  weights: {
    type: 'knowledge-retrieval',
    retrieval_mode: 'multiple',
    multiple_retrieval_config: { reranking_mode: 'weighted_score', weights: { vector_setting: { embedding_provider_name: 'voyage' } } },
  },
  single: { type: 'knowledge-retrieval', retrieval_mode: 'single', single_retrieval_config: { model: { provider: 'tongyi' } } },
  broken: { type: 'llm', model: { provider: 'No Such/Id' } },
};
const plugins = [
  'langgenius/openai',
  'langgenius/gemini',
  'langgenius/jina_tool',
  'langgenius/cohere',
  'langgenius/voyage',
  'langgenius/tongyi',
];

describe('dependenciesOf', () => {
  it('should tell the plugins of old files by their graph', () => {
    expect(dependenciesOf(dslWith(nodes, [], { version: '0.1.5' })).dependencies).toEqual({ from: 'content', plugins });
  });

  it('should take a newer file without a list at its word', () => {
    expect(dependenciesOf(dslWith(nodes, [], { version: '0.1.6' })).dependencies).toEqual({ from: 'content', plugins: [] });
    expect(pluginsOf(dslWith(nodes))).toEqual(plugins);
  });

  it('should read the list of a file', () => {
    const good = [
      {
        type: 'marketplace',
        value: { marketplace_plugin_unique_identifier: 'langgenius/openai:0.0.12@abc', version: null },
        current_identifier: null,
      },
      { type: 'package', value: { plugin_unique_identifier: 'a/b:1@c' }, current_identifier: 'a/b:2@d' },
      {
        type: 'github',
        value: { github_plugin_unique_identifier: 'a/c:1@e', repo: 'a/c', version: '1', package: 'p' },
        current_identifier: null,
      },
    ];
    const { dependencies, problems } = dependenciesOf(
      dslWith(nodes, [], { dependencies: [...good, { type: 'marketplace', value: {} }, 'x'] }),
    );

    expect(dependencies).toEqual({ from: 'file', dependencies: good });
    expect(problems.map(({ field, message }) => [field, message])).toEqual([
      ['dependencies.3', 'A dependency is left out: it needs value.marketplace_plugin_unique_identifier.'],
      ['dependencies.4', 'A dependency is left out: it needs a type of marketplace, github, package.'],
    ]);
  });

  it('should tell the plugins of a configuration', () => {
    const { document } = parseDsl(
      'app: {name: x, mode: agent-chat}\nmodel_config:\n  model: {provider: anthropic}\n  dataset_configs: {reranking_model: {reranking_provider_name: cohere}}\n' +
        '  agent_mode: {tools: [{provider_type: builtin, provider_id: stepfun}, {provider_type: builtin, provider_id: time}, {provider_type: api, provider_id: x}]}\n',
    );
    expect(dependenciesOf(document!).dependencies).toEqual({
      from: 'content',
      plugins: ['langgenius/anthropic', 'langgenius/cohere', 'langgenius/stepfun_tool'],
    });
  });
});
