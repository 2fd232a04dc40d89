import type { Recipe } from '../support/actor.js';
import type { WorkspaceObjects } from '../support/workspace-objects.js';

const picture = (id: string) => [{ type: 'image', transfer_method: 'local_file', upload_file_id: id }];
const NO_UPLOAD = [400, 'an unknown upload is invalid_param (contract service-and-web-api 6)'] as const;
const NO_TASK = 'unknown tasks are no error (contract service-and-web-api 8)';
const NO_VARIABLES = [404, 'only chatflows have variables'] as const;
const sound = { file: { name: 'a.mp3', type: 'audio/mp3', content: 'ID3 sound' } };

/** Routes of the service API. */
export const serviceRecipes = (objects: WorkspaceObjects): Record<string, Recipe> => ({
  'GET /v1/app/feedbacks': { call: () => ({}), shared: 'the route lists the feedback of all end users of the app' },
  'POST /v1/audio-to-text': { call: () => ({ form: sound }) },
  'POST /v1/chat-messages': {
    call: (ids) => ({ json: { inputs: {}, query: 'hello', conversation_id: ids.conversationId, files: picture(ids.looseFileId) } }),
    refusal: NO_UPLOAD,
  },
  'GET /v1/chat-messages/:task_id/events': { call: ({ taskId }) => ({ params: { task_id: taskId } }) },
  'POST /v1/chat-messages/:task_id/stop': {
    call: ({ taskId }) => ({ params: { task_id: taskId } }),
    before: async (owner) => ({ taskId: await objects.hangingRun(owner, 'chat') }),
    quiet: NO_TASK,
  },
  'POST /v1/completion-messages': {
    call: (ids) => ({ json: { inputs: {}, query: 'hello', files: picture(ids.completionFileId) } }),
    app: 'completion',
    refusal: NO_UPLOAD,
  },
  'GET /v1/completion-messages/:task_id/events': {
    call: ({ completionTaskId }) => ({ params: { task_id: completionTaskId } }),
    app: 'completion',
  },
  'POST /v1/completion-messages/:task_id/stop': {
    call: ({ completionTaskId }) => ({ params: { task_id: completionTaskId } }),
    app: 'completion',
    before: async (owner) => ({ completionTaskId: await objects.hangingRun(owner, 'completion') }),
    quiet: NO_TASK,
  },
  'GET /v1/conversations': { call: ({ conversationId }) => ({ query: { last_id: conversationId } }) },
  'DELETE /v1/conversations/:conversation_id': {
    call: ({ conversationId }) => ({ params: { conversation_id: conversationId } }),
    before: (owner) => objects.conversation(owner),
  },
  'POST /v1/conversations/:conversation_id/name': {
    call: ({ conversationId }) => ({ params: { conversation_id: conversationId }, json: { name: 'renamed' } }),
  },
  'GET /v1/conversations/:conversation_id/variables': {
    call: ({ conversationId }) => ({ params: { conversation_id: conversationId } }),
  },
  'PUT /v1/conversations/:conversation_id/variables/:variable_id': {
    call: ({ conversationId }) => ({
      params: { conversation_id: conversationId, variable_id: '00000000-0000-4000-8000-000000000000' },
      json: { value: 1 },
    }),
    control: NO_VARIABLES,
  },
  'GET /v1/end-users/:end_user_id': {
    call: ({ endUserId }) => ({ params: { end_user_id: endUserId } }),
    shared: 'the holder of the key may look up all end users of the app',
  },
  'GET /v1/files/:file_id/preview': { call: ({ fileId }, { user }) => ({ params: { file_id: fileId }, query: { user } }) },
  'POST /v1/files/upload': { call: () => ({ form: { file: { name: 'a.txt', type: 'text/plain', content: 'text' } } }) },
  'GET /v1/messages': { call: ({ conversationId, messageId }) => ({ query: { conversation_id: conversationId, first_id: messageId } }) },
  'POST /v1/messages/:message_id/feedbacks': {
    call: ({ messageId }) => ({ params: { message_id: messageId }, json: { rating: 'dislike' } }),
  },
  'GET /v1/messages/:message_id/suggested': { call: ({ messageId }) => ({ params: { message_id: messageId } }) },
  'POST /v1/text-to-audio': {
    call: ({ messageId }) => ({ json: { message_id: messageId } }),
    quiet: 'an unknown message is nothing to speak: null (contract service-and-web-api 11)',
  },
});
