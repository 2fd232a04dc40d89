import { unixSeconds } from '#common';
import type { ShownApiKey } from '../../services/api-key.service.js';

/** An API key. */
export class ApiKeyResponse {
  /** Id of the key. */
  id: string;
  /** `app`, or `dataset` for the knowledge of a workspace. @example app */
  type: string;
  /** The whole key. @example app-aZ09bY18cX27dW36eV45fU54 */
  token: string;
  /** Unix seconds; null before the first use. */
  last_used_at: number | null;
  /** Unix seconds. */
  created_at: number;

  static from(key: ShownApiKey): ApiKeyResponse {
    return {
      id: key.id,
      type: key.type,
      token: key.token,
      last_used_at: unixSeconds(key.lastUsedAt),
      created_at: unixSeconds(key.createdAt),
    };
  }
}

/** All keys of an app, or of a workspace's knowledge. */
export class ApiKeyListResponse {
  /** All of them. */
  data: ApiKeyResponse[];
}
