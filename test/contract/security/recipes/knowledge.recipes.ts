import type { Recipe } from '../support/actor.js';
import type { WorkspaceObjects } from '../support/workspace-objects.js';

const KEY_ERRORS = 'a message alone (contract console-accounts 10.1)';
const KEYS = '/console/api/datasets/api-keys';

/** Console routes of knowledge. */
export const knowledgeRecipes = (objects: WorkspaceObjects): Record<string, Recipe> => ({
  [`POST ${KEYS}`]: { call: () => ({}), bareErrors: KEY_ERRORS },
  [`DELETE ${KEYS}/:api_key_id`]: {
    call: ({ datasetKeyId }) => ({ params: { api_key_id: datasetKeyId } }),
    bareErrors: KEY_ERRORS,
    before: async (owner) => ({ datasetKeyId: await objects.datasetKey(owner) }),
  },
});
