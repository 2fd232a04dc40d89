import { modelConfig } from '../../../support/chat-lab.js';
import type { Ids, Recipe } from '../support/actor.js';
import { APP_CONFIG, type WorkspaceObjects } from '../support/workspace-objects.js';

const ofApp = ({ appId }: Ids) => ({ params: { app_id: appId } });
const withBody =
  (json: Record<string, unknown>): Recipe['call'] =>
  (ids) => ({ ...ofApp(ids), json });
const sound = { file: { name: 'a.mp3', type: 'audio/mp3', content: 'ID3 sound' } };
const withFile = ({ fileId }: Ids) => [{ type: 'image', transfer_method: 'local_file', upload_file_id: fileId }];
const debugged = (ids: Ids) => ({
  inputs: {},
  query: 'hello',
  response_mode: 'blocking',
  model_config: modelConfig(APP_CONFIG),
  files: withFile(ids),
});
const KEY_ERRORS = 'a message alone (contract console-accounts 10.1)';
const NO_UPLOAD = [400, 'an unknown upload is invalid_param (contract service-and-web-api 6)'] as const;

/** Console routes of apps and their debug runs. */
export const appsRecipes = (objects: WorkspaceObjects): Record<string, Recipe> => ({
  'GET /console/api/app/prompt-templates': { call: () => ({ query: { app_mode: 'chat', model_mode: 'chat', model_name: 'mock' } }) },
  'POST /console/api/apps': {
    call: ({ pictureId }) => ({ json: { name: 'made', mode: 'chat', icon_type: 'image', icon: pictureId } }),
    echoes: ['pictureId'],
  },
  'DELETE /console/api/apps/:app_id': {
    call: ofApp,
    before: async (owner) => ({ appId: (await objects.app(objects.clientOf(owner), 'chat')).id }),
  },
  'GET /console/api/apps/:app_id': { call: ofApp },
  'PUT /console/api/apps/:app_id': {
    call: (ids) => ({ ...ofApp(ids), json: { name: 'changed', icon_type: 'image', icon: ids.pictureId } }),
    echoes: ['pictureId'],
  },
  'POST /console/api/apps/:app_id/api-enable': { call: withBody({ enable_api: true }) },
  'GET /console/api/apps/:app_id/api-keys': { call: ofApp, bareErrors: KEY_ERRORS },
  'POST /console/api/apps/:app_id/api-keys': {
    call: ofApp,
    bareErrors: KEY_ERRORS,
    before: async (owner) => ({ appId: (await objects.app(objects.clientOf(owner), 'chat')).id }),
  },
  'DELETE /console/api/apps/:app_id/api-keys/:api_key_id': {
    bareErrors: KEY_ERRORS,
    call: ({ appId, apiKeyId }) => ({ params: { app_id: appId, api_key_id: apiKeyId } }),
    before: async (owner) => {
      const { id, keyId } = await objects.app(objects.clientOf(owner), 'chat');
      return { appId: id, apiKeyId: keyId };
    },
  },
  'POST /console/api/apps/:app_id/audio-to-text': { call: (ids) => ({ ...ofApp(ids), form: sound }) },
  'POST /console/api/apps/:app_id/chat-messages': {
    call: (ids) => ({ ...ofApp(ids), json: { ...debugged(ids), conversation_id: ids.debugConversationId } }),
    refusal: NO_UPLOAD,
  },
  'POST /console/api/apps/:app_id/chat-messages/:task_id/stop': {
    call: ({ appId, debugTaskId }) => ({ params: { app_id: appId, task_id: debugTaskId } }),
    before: async (owner) => ({ debugTaskId: await objects.hangingDebugRun(owner, 'chat') }),
    quiet: 'unknown tasks are no error (contract service-and-web-api 8)',
  },
  'POST /console/api/apps/:app_id/completion-messages': {
    call: (ids) => ({ params: { app_id: ids.completionAppId }, json: debugged(ids) }),
    refusal: NO_UPLOAD,
  },
  'POST /console/api/apps/:app_id/completion-messages/:task_id/stop': {
    call: ({ completionAppId, completionDebugTaskId }) => ({ params: { app_id: completionAppId, task_id: completionDebugTaskId } }),
    before: async (owner) => ({ completionDebugTaskId: await objects.hangingDebugRun(owner, 'completion') }),
    quiet: 'unknown tasks are no error (contract service-and-web-api 8)',
  },
  'POST /console/api/apps/:app_id/copy': {
    call: (ids) => ({ ...ofApp(ids), json: { icon_type: 'image', icon: ids.pictureId } }),
    echoes: ['pictureId'],
  },
  'POST /console/api/apps/:app_id/icon': {
    call: (ids) => ({ ...ofApp(ids), json: { icon: ids.pictureId, icon_background: '#fff' } }),
    echoes: ['pictureId'],
  },
  'POST /console/api/apps/:app_id/model-config': { call: withBody(modelConfig(APP_CONFIG)) },
  'POST /console/api/apps/:app_id/name': { call: withBody({ name: 'renamed' }) },
  'POST /console/api/apps/:app_id/site': {
    call: (ids) => ({
      ...ofApp(ids),
      json: { title: 'Title', icon_type: 'image', icon: ids.pictureId, default_user_avatar_url: ids.pictureId },
    }),
    echoes: ['pictureId'],
  },
  'POST /console/api/apps/:app_id/site-enable': { call: withBody({ enable_site: true }) },
  'POST /console/api/apps/:app_id/site/access-token-reset': { call: ofApp },
  'POST /console/api/apps/:app_id/text-to-audio': {
    call: (ids) => ({ ...ofApp(ids), json: { message_id: ids.messageId } }),
    quiet: 'an unknown message is nothing to speak: null (contract service-and-web-api 11)',
  },
  'GET /console/api/apps/:app_id/text-to-audio/voices': { call: (ids) => ({ ...ofApp(ids), query: { language: 'en-US' } }) },
  'GET /console/api/apps/:app_id/trace': { call: ofApp },
  'POST /console/api/apps/:app_id/trace': { call: withBody({ enabled: false }) },
});
