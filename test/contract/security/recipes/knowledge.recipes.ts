import type { Recipe } from '../support/actor.js';
import type { WorkspaceObjects } from '../support/workspace-objects.js';

const KEYS = '/console/api/datasets/api-keys';

/** Console routes of knowledge. */
export const knowledgeRecipes = (objects: WorkspaceObjects): Record<string, Recipe> => ({
  [`POST ${KEYS}`]: { call: () => ({}) },
  [`DELETE ${KEYS}/:api_key_id`]: {
    call: ({ datasetKeyId }) => ({ params: { api_key_id: datasetKeyId } }),
    before: async (owner) => ({ datasetKeyId: await objects.datasetKey(owner) }),
  },
});
