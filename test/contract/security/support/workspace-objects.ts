import { type ChatLab, type LabApp, modelConfig, readEvents, type ServiceAnswer } from '../../../support/chat-lab.js';
import type { ConsoleClient } from '../../../support/console-client.js';
import { memberOf, tenantIdOf } from '../../../support/api-app.js';
import type { Actor, Ids } from './actor.js';
import { multipart, type CallFile } from './call.js';

export const COMPATIBLE = 'langgenius/openai_api_compatible/openai_api_compatible';
export const OPENAI = 'langgenius/openai/openai';
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const PROVIDERS = '/workspaces/current/model-providers';
/** Said in what is made, so that it is found in answers where it must not be. */
export const MARK = 'private-words-of';

export const APP_CONFIG = {
  file_upload: { enabled: true, allowed_file_types: ['image'], allowed_file_upload_methods: ['local_file'], number_limits: 3 },
  speech_to_text: { enabled: true },
  text_to_speech: { enabled: true, voice: 'alloy', language: 'en-US' },
  suggested_questions_after_answer: { enabled: true },
};

/** What a workspace has that its members share. */
export interface Workspace {
  name: string;
  client: ConsoleClient;
  datasetKey: string;
  ids: Pick<
    Ids,
    'tenantId' | 'documentId' | 'pictureId' | 'pictureLink' | 'providerCredentialId' | 'modelCredentialId' | 'balancingId' | 'datasetKeyId'
  >;
}

/** Two apps of a workspace with their keys. */
export interface AppPair {
  workspace: Workspace;
  chatKey: string;
  completionKey: string;
  ids: Pick<Ids, 'appId' | 'completionAppId' | 'apiKeyId' | 'debugTaskId' | 'completionDebugTaskId' | 'debugConversationId'>;
}

/** Makes workspaces with real objects of every kind. */
export class WorkspaceObjects {
  private readonly clients = new Map<string, ConsoleClient>();

  constructor(readonly lab: ChatLab) {}

  /** The models and files of a workspace whose owner is signed in. */
  async workspace(name: string, client: ConsoleClient): Promise<Workspace> {
    await made(
      client.post(`${PROVIDERS}/${OPENAI}/credentials`, {
        name: `${MARK} ${name}`,
        credentials: this.openAiCredentials(name),
      }),
    );
    await made(
      client.post(`${PROVIDERS}/${COMPATIBLE}/models/credentials`, {
        model: 'mock',
        model_type: 'llm',
        credentials: this.credentials(name),
      }),
    );
    await made(
      client.post('/workspaces/current/default-model', {
        model_settings: [
          { model_type: 'llm', provider: COMPATIBLE, model: 'mock' },
          { model_type: 'tts', provider: OPENAI, model: 'tts-1' },
          { model_type: 'speech2text', provider: OPENAI, model: 'whisper-1' },
        ],
      }),
    );
    const tenantId = await tenantIdOf(client);
    this.clients.set(tenantId, client);
    const modelCredentialId = await this.newestId('provider_model_credentials', tenantId);
    const document = await this.consoleUpload(client, { name: 'notes.txt', type: 'text/plain', content: `${MARK} ${name}` });
    const picture = await this.consoleUpload(client, { name: 'picture.png', type: 'image/png', content: PNG });
    const datasetKey = (await made(client.post('/datasets/api-keys'))) as { id: string; token: string };
    const link = new URL(picture.source_url ?? '', this.lab.base);
    return {
      name,
      client,
      datasetKey: datasetKey.token,
      ids: {
        datasetKeyId: datasetKey.id,
        tenantId,
        documentId: document.id,
        pictureId: picture.id,
        pictureLink: link.search,
        providerCredentialId: await this.newestId('provider_credentials', tenantId),
        modelCredentialId,
        balancingId: await this.balancingEntry({ name, tenantId, ids: { modelCredentialId } }),
      },
    };
  }

  /** Values of the form of the provider. */
  openAiCredentials(name: string): Record<string, string> {
    const base = this.lab.model.url.replace('/v1', '');
    return { openai_api_key: `sk-${name}-secret`, openai_api_base: base, validate_model: 'gpt-4o-mini' };
  }

  /** Values of the form of the model. */
  credentials(name: string): Record<string, string> {
    return {
      endpoint_url: this.lab.model.url,
      api_key: `sk-${name}-secret`,
      mode: 'chat',
      context_size: '8192',
      max_tokens_to_sample: '4096',
      vision_support: 'support',
    };
  }

  /** A chat app and a completion app, with debug runs. */
  async apps(workspace: Workspace): Promise<AppPair> {
    const { client } = workspace;
    const [chat, completion] = [await this.app(client, 'chat'), await this.app(client, 'completion')];
    const keys = (await made(client.get(`/apps/${chat.id}/api-keys`))) as { data: { id: string }[] };
    const debug = await this.debugRun(client, chat.id, 'chat');
    const completionDebug = await this.debugRun(client, completion.id, 'completion');
    return {
      workspace,
      chatKey: chat.key,
      completionKey: completion.key,
      ids: {
        appId: chat.id,
        completionAppId: completion.id,
        apiKeyId: keys.data[0]?.id ?? '',
        debugTaskId: debug.task_id,
        completionDebugTaskId: completionDebug.task_id,
        debugConversationId: debug.conversation_id,
      },
    };
  }

  /** An app with its configuration and a key. */
  async app(client: ConsoleClient, mode: 'chat' | 'completion'): Promise<{ id: string; key: string; keyId: string }> {
    const { id } = (await made(client.post('/apps', { name: mode, mode }))) as { id: string };
    await made(client.post(`/apps/${id}/model-config`, modelConfig(APP_CONFIG)));
    const key = (await made(client.post(`/apps/${id}/api-keys`))) as { id: string; token: string };
    return { id, key: key.token, keyId: key.id };
  }

  /** An end user of an app pair with a conversation, files and runs; the console is that of the workspace's owner. */
  async actor(name: string, pair: AppPair, user: string): Promise<Actor> {
    const app = { id: pair.ids.appId, key: pair.chatKey };
    const completionApp = { id: pair.ids.completionAppId, key: pair.completionKey };
    const upload = async (to: LabApp): Promise<string> =>
      (await made(this.lab.upload(to, 'p.png', PNG, 'image/png', { user }))).id as string;
    const fileId = await upload(app);
    const files = [{ type: 'image', transfer_method: 'local_file', upload_file_id: fileId }];
    const chat = await made(this.lab.chat(app, { user, query: `${MARK} ${name}`, files }));
    const completion = await made(
      this.lab.call(completionApp, 'POST', '/completion-messages', { inputs: {}, user, query: `${MARK} ${name}` }),
    );
    await made(this.lab.call(app, 'POST', `/messages/${String(chat.id)}/feedbacks`, { user, rating: 'like', content: `${MARK} ${name}` }));
    const sql = this.lab.sql;
    const row = await sql.row<{ id: string }>('select from_end_user_id as id from messages where id = $1', [chat.id]);
    return {
      name,
      tenantId: pair.workspace.ids.tenantId,
      console: sessionOf(pair.workspace.client),
      chatKey: pair.chatKey,
      completionKey: pair.completionKey,
      datasetKey: pair.workspace.datasetKey,
      adminKey: pair.workspace.datasetKey,
      user,
      origin: this.lab.base,
      ids: {
        ...pair.workspace.ids,
        ...pair.ids,
        endUserId: row?.id ?? '',
        conversationId: chat.conversation_id as string,
        messageId: chat.id as string,
        taskId: chat.task_id as string,
        completionTaskId: completion.task_id as string,
        fileId,
        looseFileId: await upload(app),
        completionFileId: await upload(completionApp),
      },
    };
  }

  /** Another member of a workspace, with the same apps and a debug run of his own. */
  async member(name: string, of: Actor): Promise<Actor> {
    const client = await memberOf(this.lab.app, of.tenantId, 'editor');
    const debug = await this.debugRun(client, of.ids.appId, 'chat');
    const completion = await this.debugRun(client, of.ids.completionAppId, 'completion');
    const ids = { debugTaskId: debug.task_id, debugConversationId: debug.conversation_id, completionDebugTaskId: completion.task_id };
    return { ...of, name, console: sessionOf(client), ids: { ...of.ids, ...ids } };
  }

  /** The owner of an actor's workspace. */
  clientOf({ tenantId }: Pick<Actor, 'tenantId'>): ConsoleClient {
    const client = this.clients.get(tenantId);
    if (client === undefined) throw new Error(`the workspace ${tenantId} was not made here`);
    return client;
  }

  /** A conversation to be used up, and its message. */
  async conversation({ ids, chatKey, user }: Actor): Promise<Pick<Ids, 'conversationId' | 'messageId'>> {
    const chat = await made(this.lab.chat({ id: ids.appId, key: chatKey }, { user, query: 'to be removed' }));
    return { conversationId: chat.conversation_id as string, messageId: chat.id as string };
  }

  /** A run of the end user that goes on until it is stopped; its task id. */
  async hangingRun(actor: Actor, mode: 'chat' | 'completion'): Promise<string> {
    const key = mode === 'chat' ? actor.chatKey : actor.completionKey;
    const body = { inputs: {}, query: 'HANG', user: actor.user, response_mode: 'streaming' };
    return taskOf(await this.lab.send({ id: '', key }, 'POST', `/${mode}-messages`, body));
  }

  /** A debug run of the owner that goes on until it is stopped; its task id. */
  async hangingDebugRun(actor: Actor, mode: 'chat' | 'completion'): Promise<string> {
    const app = mode === 'chat' ? actor.ids.appId : actor.ids.completionAppId;
    const body = { inputs: {}, query: 'HANG', response_mode: 'streaming', model_config: modelConfig(APP_CONFIG) };
    return taskOf(
      await fetch(`${this.lab.base}/console/api/apps/${app}/${mode}-messages`, {
        method: 'POST',
        headers: { ...actor.console, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    );
  }

  /** A second key of the workspace's knowledge; its id. */
  async datasetKey(actor: Actor): Promise<string> {
    return (await made(this.clientOf(actor).post('/datasets/api-keys'))).id as string;
  }

  /** A second credential of the provider, not in use. */
  async providerCredential(actor: Actor): Promise<string> {
    const client = this.clientOf(actor);
    await made(client.post(`${PROVIDERS}/${OPENAI}/credentials`, { name: uniqueName(), credentials: this.openAiCredentials(actor.name) }));
    return this.newestId('provider_credentials', actor.tenantId);
  }

  /** A second credential of the model, not in use. */
  async modelCredential(actor: Actor): Promise<string> {
    const body = { model: 'mock', model_type: 'llm', name: uniqueName(), credentials: this.credentials(actor.name) };
    await made(this.clientOf(actor).post(`${PROVIDERS}/${COMPATIBLE}/models/credentials`, body));
    return this.newestId('provider_model_credentials', actor.tenantId);
  }

  /** A new entry among which calls of the model take turns; those of before are gone. */
  async balancingEntry(actor: Pick<Actor, 'name' | 'tenantId'> & { ids: Pick<Ids, 'modelCredentialId'> }): Promise<string> {
    const entry = { name: uniqueName(), enabled: true, credentials: this.credentials(actor.name) };
    const body = {
      model: 'mock',
      model_type: 'llm',
      config_from: 'custom-model',
      credential_id: actor.ids.modelCredentialId,
      load_balancing: { enabled: false, configs: [entry] },
    };
    await made(this.clientOf(actor).post(`${PROVIDERS}/${COMPATIBLE}/models`, body));
    return this.newestId('load_balancing_model_configs', actor.tenantId);
  }

  private async newestId(table: string, tenantId: string): Promise<string> {
    const row = await this.lab.sql.row<{ id: string }>(`select id from ${table} where tenant_id = $1 order by id desc limit 1`, [tenantId]);
    if (row === null) throw new Error(`nothing was put into ${table}`);
    return row.id;
  }

  /** Uploads a file as a signed-in member. */
  async consoleUpload(client: ConsoleClient, file: CallFile): Promise<{ id: string; source_url: string | null }> {
    const { type, body } = multipart({ file });
    const headers = { ...sessionOf(client), 'content-type': type };
    const answer = await this.lab.app.inject({ method: 'POST', url: '/console/api/files/upload', headers, payload: body });
    if (answer.statusCode !== 201) throw new Error(`the upload was refused: ${answer.body}`);
    return answer.json();
  }

  private async debugRun(
    client: ConsoleClient,
    appId: string,
    mode: 'chat' | 'completion',
  ): Promise<{ task_id: string; conversation_id: string }> {
    const body = { inputs: {}, query: 'debugged', response_mode: 'blocking', model_config: modelConfig(APP_CONFIG) };
    return (await made(client.post(`/apps/${appId}/${mode}-messages`, body))) as { task_id: string; conversation_id: string };
  }
}

/** Headers of a signed-in member. */
export function sessionOf(client: ConsoleClient): Record<string, string> {
  const cookie = [...client.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  return { cookie, 'x-csrf-token': client.cookies.get('csrf_token') ?? '' };
}

let names = 0;
const uniqueName = (): string => `spare ${String((names += 1))}`;

/** The task of a stream, which is left after its first event. */
async function taskOf(response: Response): Promise<string> {
  if (response.status !== 200) throw new Error(`no run: ${String(response.status)} ${await response.text()}`);
  for await (const { data } of readEvents(response)) if (data !== undefined) return (data as { task_id: string }).task_id;
  throw new Error('the run ended without an event');
}

async function made(pending: Promise<Pick<ServiceAnswer, 'status' | 'body'>>): Promise<ServiceAnswer['body']> {
  const { status, body } = await pending;
  if (status >= 300) throw new Error(`an object could not be made: ${String(status)} ${JSON.stringify(body)}`);
  return body;
}
