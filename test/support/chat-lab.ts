import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Sql, StatementCounter } from '#platform/database';
import { setUp, startApi, stopApi } from './api-app.js';
import type { ConsoleClient } from './console-client.js';
import { MockModel } from './mock-model.js';

const PROVIDER = 'langgenius/openai_api_compatible/openai_api_compatible';

/** One frame of an event stream. */
export interface SentEvent {
  id?: string;
  /** Parsed `data`, as loosely typed as `JSON.parse` gives it; undefined for a ping. */
  data: ReturnType<typeof JSON.parse>;
  /** The frame as it was sent, without the empty line. */
  text: string;
}

/** An answer of the service API. */
export interface ServiceAnswer {
  status: number;
  headers: Headers;
  body: ReturnType<typeof JSON.parse>;
}

/** An app and what it takes to call it. */
export interface LabApp {
  id: string;
  key: string;
}

/** A model configuration of the mock model, as the console sends it. */
export function modelConfig(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    pre_prompt: '',
    prompt_type: 'simple',
    user_input_form: [],
    opening_statement: '',
    suggested_questions: [],
    suggested_questions_after_answer: { enabled: false },
    speech_to_text: { enabled: false },
    text_to_speech: { enabled: false },
    retriever_resource: { enabled: true },
    more_like_this: { enabled: false },
    sensitive_word_avoidance: { enabled: false, type: '', configs: [] },
    agent_mode: { enabled: false, tools: [] },
    dataset_configs: { retrieval_model: 'multiple', datasets: { datasets: [] } },
    file_upload: { image: { enabled: false, number_limits: 3, detail: 'high', transfer_methods: ['remote_url', 'local_file'] } },
    model: { provider: PROVIDER, name: 'mock', mode: 'chat', completion_params: {} },
    ...changes,
  };
}

/** The whole application with a mock model, over real HTTP. */
export class ChatLab {
  readonly model = new MockModel();
  app: NestFastifyApplication;
  owner: ConsoleClient;
  base: string;

  /** `apiKey` is the key of the mock model's vendor, which takes any. */
  constructor(private readonly apiKey = 'sk-1') {}

  async start(env: Record<string, string>): Promise<void> {
    await this.model.start();
    await this.startApp(env);
    this.owner = await setUp(this.app);
    const credentials = {
      endpoint_url: this.model.url,
      api_key: this.apiKey,
      mode: 'chat',
      context_size: '8192',
      max_tokens_to_sample: '4096',
      vision_support: 'support',
    };
    const added = await this.owner.post(`/workspaces/current/model-providers/${PROVIDER}/models/credentials`, {
      model: 'mock',
      model_type: 'llm',
      credentials,
    });
    if (added.status !== 201) throw new Error(`the model was refused: ${JSON.stringify(added.body)}`);
    const chosen = await this.owner.post('/workspaces/current/default-model', {
      model_settings: [{ model_type: 'llm', provider: PROVIDER, model: 'mock' }],
    });
    if (chosen.status !== 200) throw new Error(`no default model: ${JSON.stringify(chosen.body)}`);
  }

  /** Starts the application alone, as after a crash. */
  async startApp(env: Record<string, string>): Promise<void> {
    this.app = await startApi({
      DEMO: 'false',
      CONVERSATION_NAME_DELAY_MS: '600000',
      SHUTDOWN_TIMEOUT_MS: '2000',
      EGRESS_ALLOW: '127.0.0.1',
      ...env,
    });
    await this.app.listen(0, '127.0.0.1');
    this.base = await this.app.getUrl();
  }

  async stop(): Promise<void> {
    await this.stopApp();
    await this.model.stop();
  }

  /** Stops the application alone. */
  stopApp(): Promise<void> {
    return stopApi(this.app);
  }

  get sql(): Sql {
    return this.app.get(Sql, { strict: false });
  }

  get statements(): StatementCounter {
    return this.app.get(StatementCounter, { strict: false });
  }

  /** A new app with this configuration, and a key. */
  async createApp(mode: 'chat' | 'completion' | 'agent-chat', config: Record<string, unknown> = {}): Promise<LabApp> {
    const created = await this.owner.post('/apps', { name: mode, mode, icon_type: 'emoji', icon: 'x', icon_background: '#fff' });
    const id = (created.body as { id: string }).id;
    const saved = await this.owner.post(`/apps/${id}/model-config`, modelConfig(config));
    if (saved.status !== 200) throw new Error(`the configuration was refused: ${JSON.stringify(saved.body)}`);
    const key = await this.owner.post(`/apps/${id}/api-keys`);
    return { id, key: (key.body as { token: string }).token };
  }

  async call(app: LabApp, method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<ServiceAnswer> {
    const response = await this.send(app, method, path, body, headers);
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: parsed(text) };
  }

  /** Sends a request and leaves the reading of the answer to the caller. */
  send(
    app: LabApp,
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
    signal?: AbortSignal,
  ): Promise<Response> {
    const isForm = body instanceof FormData;
    return fetch(`${this.base}/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${app.key}`,
        ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: isForm ? body : typeof body === 'string' ? body : JSON.stringify(body) }),
      ...(signal && { signal }),
    });
  }

  chat(app: LabApp, body: Record<string, unknown>, headers?: Record<string, string>): Promise<ServiceAnswer> {
    return this.call(app, 'POST', '/chat-messages', { inputs: {}, user: 'u', ...body }, headers);
  }

  /** A streamed chat, read to its end. */
  async stream(
    app: LabApp,
    body: Record<string, unknown>,
    headers?: Record<string, string>,
    path = '/chat-messages',
  ): Promise<SentEvent[]> {
    const response = await this.send(app, 'POST', path, { inputs: {}, user: 'u', response_mode: 'streaming', ...body }, headers);
    if (response.status !== 200) throw new Error(`${String(response.status)} ${await response.text()}`);
    return eventsOf(await response.text());
  }

  upload(
    app: LabApp,
    name: string,
    bytes: Uint8Array | string,
    type: string,
    fields: Record<string, string> = { user: 'u' },
  ): Promise<ServiceAnswer> {
    const form = new FormData();
    for (const [field, value] of Object.entries(fields)) form.set(field, value);
    form.set('file', new File([bytes], name, { type }));
    return this.call(app, 'POST', '/files/upload', form);
  }
}

/** Frames of a stream's text. */
export function eventsOf(text: string): SentEvent[] {
  return text
    .split('\n\n')
    .filter((frame) => frame !== '')
    .map((frame) => {
      const id = /^id: (.*)$/m.exec(frame)?.[1];
      const data = /^data: (.*)$/m.exec(frame)?.[1];
      return { text: frame, data: data === undefined ? undefined : JSON.parse(data), ...(id !== undefined && { id }) };
    });
}

/** Reads frames one by one as they come. */
export async function* readEvents(response: Response): AsyncGenerator<SentEvent> {
  let held = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    held += decoder.decode(chunk, { stream: true });
    const end = held.lastIndexOf('\n\n');
    if (end < 0) continue;
    yield* eventsOf(held.slice(0, end));
    held = held.slice(end + 2);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
