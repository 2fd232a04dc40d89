import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { ConsoleAnswer, ConsoleClient } from '../../support/console-client.js';

/** Makes an app and answers its body. */
export async function makeApp(client: ConsoleClient, changes: Record<string, unknown> = {}): Promise<ConsoleAnswer['body']> {
  const answer = await client.post('/apps', {
    name: 'chat app',
    mode: 'chat',
    icon_type: 'emoji',
    icon: '🤖',
    icon_background: '#FFEAD5',
    ...changes,
  });
  if (answer.status !== 201) throw new Error(`creation answered ${String(answer.status)}: ${JSON.stringify(answer.body)}`);
  return answer.body;
}

/** Makes a key for an app and answers its text. */
export async function makeKey(client: ConsoleClient, appId: string): Promise<{ id: string; token: string }> {
  return (await client.post(`/apps/${appId}/api-keys`, {})).body;
}

/** A configuration of a chat app as the console sends it (trace console/model-config). */
export const chatConfig = (changes: Record<string, unknown> = {}) => ({
  pre_prompt: 'You are {{role}}.',
  prompt_type: 'simple',
  chat_prompt_config: {},
  completion_prompt_config: {},
  user_input_form: [{ 'text-input': { label: 'role', variable: 'role', required: false, max_length: 48, default: 'helpful' } }],
  dataset_query_variable: '',
  more_like_this: { enabled: false },
  opening_statement: 'Hello! I am {{role}}.',
  suggested_questions: ['What can you do?'],
  sensitive_word_avoidance: { enabled: false, type: '', configs: [] },
  speech_to_text: { enabled: false },
  text_to_speech: { enabled: false },
  file_upload: { image: { enabled: true, number_limits: 3, detail: 'high', transfer_methods: ['remote_url', 'local_file'] } },
  suggested_questions_after_answer: { enabled: true },
  retriever_resource: { enabled: true },
  annotation_reply: { enabled: false },
  agent_mode: { enabled: false, max_iteration: 5, strategy: 'react', tools: [] },
  model: { provider: 'baya/builtin/builtin', name: 'echo-1', mode: 'chat', completion_params: { max_tokens: 256 } },
  dataset_configs: { retrieval_model: 'multiple', datasets: { datasets: [] }, top_k: 4, reranking_enable: false },
  ...changes,
});

/** Asks the service API with a key, or with a whole Authorization header, or without any. */
export async function askService(app: NestFastifyApplication, path: string, key: string | { header: string } | null) {
  const header = typeof key === 'string' ? `Bearer ${key}` : key?.header;
  const response = await app.inject({ method: 'GET', url: `/v1${path}`, headers: header === undefined ? {} : { authorization: header } });
  return {
    status: response.statusCode,
    headers: response.headers,
    body: response.headers['content-type']?.toString().includes('json') ? response.json() : response.body,
  };
}
