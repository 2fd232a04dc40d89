import { InvalidParamError } from '#common';
import type { ModelListing } from '../services/model-list.service.js';
import type { SaveModelRequest } from './dto/save-model.request.js';

/** What a request to save a model asks for. */
export function listingOf(body: SaveModelRequest): ModelListing {
  const isOwn = body.config_from === 'custom-model';
  if (isOwn && !body.credential_id)
    throw new InvalidParamError('credential_id is required with custom-model.', { params: 'credential_id' });
  return {
    credentialId: isOwn ? (body.credential_id ?? null) : null,
    source: isOwn ? 'custom_model' : 'provider',
    balancing: body.load_balancing
      ? {
          enabled: body.load_balancing.enabled,
          entries: body.load_balancing.configs.map((entry) => ({
            id: entry.id ?? undefined,
            name: entry.name,
            enabled: entry.enabled,
            credentialId: entry.credential_id ?? undefined,
            credentials: entry.credentials ?? undefined,
          })),
        }
      : null,
  };
}
