// Sets a Dify-compatible server up over HTTP alone: owner, sign-in, a model, an app, a key.
const OWNER = { email: 'bench@example.com', name: 'Bench', password: 'Passw0rd!x' };
const PROVIDER = 'langgenius/openai_api_compatible/openai_api_compatible';

/** A console session: cookies and the CSRF header they ask for. */
export class Console {
  #cookies = new Map();

  constructor(base) {
    this.base = base;
  }

  /** One call; throws with the server's own words when it is refused. */
  async call(method, path, body) {
    const headers = { 'content-type': 'application/json' };
    if (this.#cookies.size > 0) headers.cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const csrf = [...this.#cookies].find(([name]) => name.endsWith('csrf_token'));
    if (csrf) headers['x-csrf-token'] = csrf[1];
    const response = await fetch(`${this.base}/console/api${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [pair] = cookie.split(';');
      const at = pair.indexOf('=');
      this.#cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} /console/api${path} answered ${String(response.status)}: ${text.slice(0, 500)}`);
    return text === '' ? null : JSON.parse(text);
  }

  /** Makes the owner when there is none yet, and signs in. */
  async signIn(owner = OWNER) {
    const { step } = await this.call('GET', '/setup');
    if (step !== 'finished') await this.call('POST', '/setup', owner);
    const password = Buffer.from(owner.password).toString('base64');
    await this.call('POST', '/login', { email: owner.email, password, remember_me: true });
    return this;
  }

  /** Adds the chat model of a mock server. */
  async addModel(mock, model = 'mock-chat') {
    const credentials = {
      endpoint_url: `${mock}/v1`,
      api_key: 'sk-mock',
      mode: 'chat',
      context_size: '8192',
      max_tokens_to_sample: '4096',
      function_calling_type: 'tool_call',
      stream_function_calling: 'supported',
      vision_support: 'support',
    };
    await this.call('POST', `/workspaces/current/model-providers/${PROVIDER}/models/credentials`, {
      model,
      model_type: 'llm',
      name: model,
      credentials,
    });
  }

  /** Makes an app of a mode that talks to that model; returns its id and a key. */
  async createApp(mode, { name = `bench ${mode}`, model = 'mock-chat' } = {}) {
    const app = await this.call('POST', '/apps', { name, mode, icon_type: 'emoji', icon: '🤖', icon_background: '#FFEAD5' });
    await this.call('POST', `/apps/${app.id}/model-config`, modelConfig(mode, model));
    const { token } = await this.call('POST', `/apps/${app.id}/api-keys`, {});
    return { id: app.id, key: token };
  }
}

function modelConfig(mode, model) {
  const isCompletion = mode === 'completion';
  return {
    pre_prompt: isCompletion ? '{{query}}' : '',
    prompt_type: 'simple',
    chat_prompt_config: {},
    completion_prompt_config: {},
    user_input_form: isCompletion ? [{ paragraph: { label: 'query', variable: 'query', required: true, default: '' } }] : [],
    dataset_query_variable: '',
    more_like_this: { enabled: false },
    opening_statement: '',
    suggested_questions: [],
    sensitive_word_avoidance: { enabled: false, type: '', configs: [] },
    speech_to_text: { enabled: false },
    text_to_speech: { enabled: false },
    file_upload: { image: { enabled: false, number_limits: 3, detail: 'high', transfer_methods: ['remote_url', 'local_file'] } },
    suggested_questions_after_answer: { enabled: false },
    retriever_resource: { enabled: true },
    annotation_reply: { enabled: false },
    agent_mode: { enabled: false, max_iteration: 5, strategy: 'react', tools: [] },
    model: { provider: PROVIDER, name: model, mode: 'chat', completion_params: { temperature: 0.7, max_tokens: 256 } },
    dataset_configs: { retrieval_model: 'multiple', datasets: { datasets: [] }, top_k: 4, reranking_enable: false },
  };
}
