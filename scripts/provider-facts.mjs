#!/usr/bin/env node
// Makes libs/engines/model-runtime/data from a folder of provider facts (one JSON file a provider: forms, models, prices).
//   node scripts/provider-facts.mjs <folder of facts>
// `SERVED` says how the OpenAI-compatible client reaches a provider. A provider without a line here is left out: it needs code of its own,
// or its address is not among the facts.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const LLM = 'llm';
const EMB = 'text-embedding';

/** base: default address; urlField: form field that replaces it; suffix: path added to either; keyField: form field with the key; types: served types (default: all). */
const SERVED = {
  aihubmix: {
    urlField: 'api_url',
    customUrl: { value: '__custom__', field: 'api_url_custom' },
    base: 'https://api.inferera.com',
    suffix: '/v1',
  },
  ant_ling: { base: 'https://api.ant-ling.com/v1', urlField: 'endpoint_url' },
  anthropic: {
    adapter: 'anthropic',
    base: 'https://api.anthropic.com',
    urlField: 'anthropic_api_url',
    suffix: '/v1',
    keyField: 'anthropic_api_key',
    dropRules: [
      'prompt_caching_message_flow',
      'prompt_caching_images',
      'prompt_caching_documents',
      'prompt_caching_tool_results',
      'task_budget',
      'context_1m',
    ],
  },
  baichuan: { base: 'https://api.baichuan-ai.com/v1' },
  chatglm: { urlField: 'api_base', suffix: '/v1', keyField: null },
  cometapi: { base: 'https://api.cometapi.com/v1' },
  deepseek: { base: 'https://api.deepseek.com', urlField: 'endpoint_url' },
  deerapi: { base: 'https://api.deerapi.com/v1' },
  fireworks: { base: 'https://api.fireworks.ai/inference/v1', keyField: 'fireworks_api_key' },
  funasr: { urlField: 'endpoint_url', suffix: '/v1' },
  gitee_ai: { base: 'https://ai.gitee.com/v1', dropRules: ['stream', 'user'] },
  gmicloud: { base: 'https://api.gmi-serving.com', urlField: 'endpoint_url', suffix: '/v1', keyField: 'gmicloud_api_key' },
  gpustack: { urlField: 'endpoint_url', suffix: '/v1' },
  groq: { base: 'https://api.groq.com/openai/v1' },
  jina: { base: 'https://api.jina.ai/v1', urlField: 'base_url' },
  lemonade: { urlField: 'endpoint_url', suffix: '/api/v1', keyField: null },
  'llama-api': { base: 'https://api.llama.com/compat/v1', keyField: 'llama_api_key' },
  localai: { urlField: 'server_url', suffix: '/v1', keyField: null },
  longcat: { urlField: 'endpoint_url', base: 'https://api.longcat.chat/openai/v1', rename: { enable_thinking: 'thinking' } },
  maas_hk: { base: 'https://api-ap-southeast-1.modelarts-maas.com/v1', urlField: 'endpoint_url' },
  mimo: { urlField: 'endpoint_url', base: 'https://api.xiaomimimo.com/v1' },
  mistralai: { base: 'https://api.mistral.ai/v1', includeUsage: 'never', dropRules: ['reasoning_mode'] },
  mixedbread: { base: 'https://api.mixedbread.com/v1', types: [EMB] },
  modelscope: { base: 'https://api-inference.modelscope.cn/v1', urlField: 'endpoint_url' },
  moonshot: { base: 'https://api.moonshot.cn/v1', urlField: 'endpoint_url' },
  novita: { base: 'https://api.novita.ai/openai/v1' },
  nvidia: { base: 'https://integrate.api.nvidia.com/v1', types: [LLM] },
  nvidia_nim: { urlField: 'endpoint_url', keyField: null },
  // By its OpenAI route: one client for all, with streamed tool calls and schemas. Its native route would only add the context size per call.
  ollama: { urlField: 'base_url', suffix: '/v1', types: [LLM, EMB] },
  // By chat completions, which other servers behind the same form speak too; hence no choice of protocol, and no rules of the Responses API.
  openai: {
    base: 'https://api.openai.com',
    urlField: 'openai_api_base',
    suffix: '/v1',
    keyField: 'openai_api_key',
    sendUser: true,
    organizationField: 'openai_organization',
    dropFields: ['api_protocol', 'enable_request_metadata'],
    dropRules: ['reasoning_mode', 'reasoning_context', 'reasoning_summary'],
  },
  openai_api_compatible: {
    urlField: 'endpoint_url',
    modelField: 'endpoint_model_name',
    sendUser: true,
    dropFields: ['tts_api_format', 'tts_resource_id', 'tts_sample_rate'],
    // The field belongs to every stored credential; the formats of a web search are none that the client speaks.
    dropOptions: { web_search_support: ['tool_standard', 'tool_simple', 'parameter'] },
  },
  openrouter: {
    base: 'https://openrouter.ai/api/v1',
    urlField: 'endpoint_url',
    dropRules: ['exclude_reasoning_tokens', 'reasoning_budget', 'enable_thinking'],
  },
  perfxcloud: { base: 'https://cloud.perfxlab.cn/v1', urlField: 'endpoint_url' },
  regolo: { base: 'https://api.regolo.ai/v1', keyField: 'regolo_api_key' },
  sambanova: { base: 'https://api.sambanova.ai/v1' },
  siliconflow: {
    base: 'https://api.siliconflow.cn/v1',
    when: { field: 'use_international_endpoint', value: 'true', base: 'https://api.siliconflow.com/v1' },
  },
  stepfun: {
    base: 'https://api.stepfun.com/v1',
    when: { field: 'use_international_endpoint', value: 'true', base: 'https://api.stepfun.ai/v1' },
  },
  togetherai: { base: 'https://api.together.xyz/v1' },
  // By its OpenAI route; the facts name that route for one region only.
  tongyi: {
    base: 'https://dashscope.aliyuncs.com/compatible-mode/v1',
    keyField: 'dashscope_api_key',
    types: [LLM],
    dropModelsWith: 'source_lang',
    dropOptions: { use_international_endpoint: ['true'] },
  },
  upstage: { base: 'https://api.upstage.ai/v1/solar', keyField: 'upstage_api_key' },
  vessl_ai: { urlField: 'endpoint_url' },
  volcengine: {
    urlField: 'api_endpoint_host',
    base: 'https://ark.cn-beijing.volces.com/api/v3',
    keyField: 'ark_api_key',
    methods: ['predefined-model'],
    dropModelsWith: 'watermark',
    dropRules: ['web_search'],
  },
  voyage: {
    base: 'https://api.voyageai.com/v1',
    types: [EMB],
    dropFields: ['image_url', 'image_base64', 'output_dimension', 'output_dtype', 'contextualize_batch'],
  },
  wenxin: { base: 'https://qianfan.baidubce.com/v2' },
  x: { urlField: 'endpoint_url', base: 'https://api.x.ai/v1', dropRules: ['search_parameters'] },
  xinference: {
    urlField: 'server_url',
    suffix: '/v1',
    modelField: 'model_uid',
    types: [LLM, EMB],
    dropFields: ['invoke_timeout', 'max_retries'],
  },
  yi: { base: 'https://api.lingyiwanwu.com/v1', urlField: 'endpoint_url' },
  zhinao: { base: 'https://api.360.cn/v1' },
  zhipuai: { urlField: 'base_url', base: 'https://open.bigmodel.cn/api/paas/v4', dropRules: ['web_search'] },
};

/** Rules that only a vendor's own protocol knows; the client could not send them in a way the vendor understands. */
const NATIVE_RULES =
  /^(prompt_caching_.*|thinking_display|task_budget|grounding|url_context|code_execution|include_thoughts|media_resolution|context_1m|use_inline_file|exclude_reasoning_tokens|extra_headers|search_parameters|effort|thinking_level)$/;

function slim(object) {
  return Object.fromEntries(
    Object.entries(object).filter(
      ([, value]) => value !== null && value !== undefined && value !== false && !(Array.isArray(value) && value.length === 0),
    ),
  );
}

function fieldOf(field, types, { dropFields = [], dropOptions = {} }) {
  if (dropFields.includes(field.variable)) return null;
  const onType = (field.show_on ?? []).find((condition) => condition.variable === '__model_type');
  if (onType && !types.includes(onType.value)) return null;
  const dropped = dropOptions[field.variable];
  return dropped === undefined ? field : { ...field, options: field.options.filter((option) => !dropped.includes(option.value)) };
}

function modelOf(model, served) {
  const native = served.adapter === 'anthropic' ? () => false : (name) => NATIVE_RULES.test(name);
  const parameters = (model.parameters ?? []).filter((rule) => !native(rule.name) && !(served.dropRules ?? []).includes(rule.name));
  const features = (model.features ?? []).filter((feature) => feature !== 'polling');
  const { input, output, unit, currency } = model.pricing ?? {};
  const pricing = model.pricing ? slim({ input, output, unit, currency }) : null;
  const label = model.label === model.model ? null : model.label;
  return slim({
    model: model.model,
    type: model.type,
    label,
    features,
    properties: model.properties,
    parameters,
    pricing,
    deprecated: model.deprecated,
  });
}

function convert(name, served, facts) {
  const types = served.types ?? facts.model_types;
  const methods = served.methods ?? facts.methods;
  const form = (fields) => (fields ?? []).map((field) => fieldOf(field, types, served)).filter(Boolean);
  const keyFields = [...(facts.provider_form ?? []), ...(facts.model_form ?? [])].map((field) => field.variable);
  const keyField = served.keyField === undefined ? 'api_key' : served.keyField;
  if (keyField !== null && !keyFields.includes(keyField)) throw new Error(`${name}: no form field ${keyField}`);
  if (served.urlField && !keyFields.includes(served.urlField) && !served.base) throw new Error(`${name}: no form field ${served.urlField}`);
  const models = facts.models
    .filter((model) => types.includes(model.type))
    .filter((model) => !(model.parameters ?? []).some((rule) => rule.name === served.dropModelsWith))
    .map((model) => modelOf(model, served))
    .filter((model, index, all) => !all.some((other, at) => at > index && other.model === model.model && other.type === model.type)); // the last of a name wins
  const { base, urlField, customUrl, suffix, when, modelField, organizationField, sendUser, includeUsage, rename } = served;
  const provider = slim({
    file: name,
    provider: facts.provider,
    label: facts.label,
    types,
    methods,
    helpUrl: facts.help_url,
    providerForm: methods.includes('predefined-model') ? form(facts.provider_form) : null,
    modelForm: methods.includes('customizable-model') ? form(facts.model_form) : null,
    adapter: served.adapter ?? 'openai',
    endpoint: slim({ base, urlField, customUrl, suffix, when, keyField, modelField, organizationField, sendUser, includeUsage, rename }),
  });
  return { provider, models };
}

const source = process.argv[2];
if (!source) {
  console.error('usage: node scripts/provider-facts.mjs <folder of facts>');
  process.exit(2);
}
const target = join(dirname(fileURLToPath(import.meta.url)), '../libs/engines/model-runtime/data');
rmSync(join(target, 'models'), { recursive: true, force: true });
mkdirSync(join(target, 'models'), { recursive: true });
const providers = [];
for (const [name, served] of Object.entries(SERVED)) {
  const { provider, models } = convert(name, served, JSON.parse(readFileSync(join(source, `${name}.json`), 'utf8')));
  providers.push(provider);
  if (models.length > 0)
    writeFileSync(join(target, 'models', `${name}.json`), `[\n${models.map((model) => JSON.stringify(model)).join(',\n')}\n]\n`);
}
writeFileSync(join(target, 'providers.json'), `[\n${providers.map((provider) => JSON.stringify(provider)).join(',\n')}\n]\n`);
console.log(`${providers.length} providers written to ${target}`);
