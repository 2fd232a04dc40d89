import type { Actor, Recipe } from '../support/actor.js';
import type { Call } from '../support/call.js';
import { COMPATIBLE, OPENAI, type WorkspaceObjects } from '../support/workspace-objects.js';

const BASE = '/console/api/workspaces/current/model-providers/:provider';
const model = { model: 'mock', model_type: 'llm' };
const spare = { model: 'spare', model_type: 'llm' };
const UNKNOWN = [400, 'unknown credentials and entries are invalid_param (contract console-accounts 11)'] as const;

const ofModel = (json: Record<string, unknown>): Call => ({ params: { provider: COMPATIBLE }, json: { ...model, ...json } });
const ofProvider = (json: Record<string, unknown>): Call => ({ params: { provider: OPENAI }, json });

/** Console routes of models and their credentials. */
export const modelsRecipes = (objects: WorkspaceObjects): Record<string, Recipe> => {
  const credentials = ({ name }: Actor): Record<string, string> => objects.credentials(name);
  const openAi = ({ name }: Actor): Record<string, string> => objects.openAiCredentials(name);
  return {
    'GET /console/api/workspaces/current/default-model': { call: () => ({ query: { model_type: 'llm' } }) },
    'POST /console/api/workspaces/current/default-model': {
      call: () => ({ json: { model_settings: [{ model_type: 'llm', provider: COMPATIBLE, model: 'mock' }] } }),
    },
    'GET /console/api/workspaces/current/models/model-types/:model_type': { call: () => ({ params: { model_type: 'llm' } }) },
    'GET /v1/workspaces/current/models/model-types/:model_type': { call: () => ({ params: { model_type: 'llm' } }) },
    [`GET ${BASE}/checkout-url`]: {
      call: () => ({ params: { provider: OPENAI } }),
      control: [400, 'nothing is sold without the hosted edition (contract console-accounts 11.3)'],
    },
    [`GET ${BASE}/credentials`]: {
      call: ({ providerCredentialId }) => ({ params: { provider: OPENAI }, query: { credential_id: providerCredentialId } }),
      refusal: UNKNOWN,
    },
    [`POST ${BASE}/credentials`]: { call: (_, actor) => ofProvider({ credentials: openAi(actor) }) },
    [`PUT ${BASE}/credentials`]: {
      call: ({ providerCredentialId }, actor) => ofProvider({ credential_id: providerCredentialId, credentials: openAi(actor) }),
      refusal: UNKNOWN,
    },
    [`DELETE ${BASE}/credentials`]: {
      call: ({ providerCredentialId }) => ofProvider({ credential_id: providerCredentialId }),
      before: async (owner) => ({ providerCredentialId: await objects.providerCredential(owner) }),
      refusal: UNKNOWN,
    },
    [`POST ${BASE}/credentials/switch`]: {
      call: ({ providerCredentialId }) => ofProvider({ credential_id: providerCredentialId }),
      refusal: UNKNOWN,
    },
    [`POST ${BASE}/credentials/validate`]: { call: (_, actor) => ofProvider({ credentials: openAi(actor) }) },
    [`POST ${BASE}/preferred-provider-type`]: { call: () => ofProvider({ preferred_provider_type: 'custom' }) },
    [`GET ${BASE}/models`]: { call: () => ({ params: { provider: OPENAI } }) },
    [`POST ${BASE}/models`]: {
      call: ({ modelCredentialId, balancingId }) =>
        ofModel({
          config_from: 'custom-model',
          credential_id: modelCredentialId,
          load_balancing: {
            enabled: false,
            configs: [
              { id: balancingId, name: 'second', enabled: true },
              { name: 'third', enabled: true, credential_id: modelCredentialId },
            ],
          },
        }),
      refusal: UNKNOWN,
    },
    [`DELETE ${BASE}/models`]: { call: () => ({ params: { provider: COMPATIBLE }, json: spare }) },
    [`PATCH ${BASE}/models/disable`]: { call: () => ({ params: { provider: COMPATIBLE }, json: spare }) },
    [`PATCH ${BASE}/models/enable`]: { call: () => ({ params: { provider: COMPATIBLE }, json: spare }) },
    [`GET ${BASE}/models/parameter-rules`]: { call: () => ({ params: { provider: OPENAI }, query: { model: 'gpt-4o-mini' } }) },
    [`GET ${BASE}/models/credentials`]: {
      call: ({ modelCredentialId }) => ({
        params: { provider: COMPATIBLE },
        query: { ...model, config_from: 'custom-model', credential_id: modelCredentialId },
      }),
      refusal: UNKNOWN,
    },
    [`POST ${BASE}/models/credentials`]: { call: (_, actor) => ofModel({ credentials: credentials(actor) }) },
    [`PUT ${BASE}/models/credentials`]: {
      call: ({ modelCredentialId }, actor) => ofModel({ credential_id: modelCredentialId, credentials: credentials(actor) }),
      refusal: UNKNOWN,
    },
    [`DELETE ${BASE}/models/credentials`]: {
      call: ({ modelCredentialId }) => ofModel({ credential_id: modelCredentialId }),
      before: async (owner) => ({ modelCredentialId: await objects.modelCredential(owner) }),
      refusal: UNKNOWN,
    },
    [`POST ${BASE}/models/credentials/switch`]: {
      call: ({ modelCredentialId }) => ofModel({ credential_id: modelCredentialId }),
      before: async (owner) => ({ modelCredentialId: await objects.modelCredential(owner) }),
      refusal: UNKNOWN,
    },
    [`POST ${BASE}/models/credentials/validate`]: { call: (_, actor) => ofModel({ credentials: credentials(actor) }) },
    [`POST ${BASE}/models/load-balancing-configs/credentials-validate`]: {
      call: (_, actor) => ofModel({ credentials: credentials(actor) }),
    },
    [`POST ${BASE}/models/load-balancing-configs/:config_id/credentials-validate`]: {
      call: ({ balancingId }, actor) => {
        const { params, json } = ofModel({ credentials: credentials(actor) });
        return { params: { ...params, config_id: balancingId }, ...(json && { json }) };
      },
      refusal: UNKNOWN,
    },
  };
};
