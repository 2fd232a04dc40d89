import { Injectable } from '@nestjs/common';
import { isJsonObject } from '#common';
import { secretVariables } from '#engines/model-runtime';
import type { CredentialForm, Credentials } from '#engines/model-runtime';
import { WorkspaceService } from '#features/workspaces';
import { WorkspaceSecrets } from '#platform/secrets';
import { CREDENTIALS_TTL_MS, MAX_RESOLVED_MODELS } from '../models.constants.js';
import { TtlMemo } from './ttl-memo.js';

/** What is needed of a stored credential to open it. */
export interface SealedCredential {
  id: string;
  encryptedConfig: string;
  version: string;
}

/** Seals credentials with the key pair of their workspace and opens them; opened ones stay in memory for a minute, by row version. */
@Injectable()
export class CredentialVault {
  private readonly opened = new TtlMemo<Credentials>(CREDENTIALS_TTL_MS, MAX_RESOLVED_MODELS);

  constructor(
    private readonly secrets: WorkspaceSecrets,
    private readonly workspaces: WorkspaceService,
  ) {}

  /** The JSON text to store: secret fields encrypted, the rest as it is. */
  async seal(tenantId: string, form: CredentialForm, credentials: Credentials): Promise<string> {
    const secret = new Set(secretVariables(form));
    const publicKey = await this.workspaces.publicKeyOf(tenantId);
    const sealed = Object.entries(credentials).map(([variable, value]) => [
      variable,
      typeof value === 'string' && value !== '' && secret.has(variable) ? this.secrets.encrypt(tenantId, publicKey, value) : value,
    ]);
    return JSON.stringify(Object.fromEntries(sealed));
  }

  /** The credentials in the clear. Callers share the object and must not change it. */
  open(tenantId: string, form: CredentialForm, sealed: SealedCredential): Promise<Credentials> {
    return this.opened.get(`${tenantId}:${sealed.id}:${sealed.version}`, () => this.decrypt(tenantId, form, sealed.encryptedConfig));
  }

  private async decrypt(tenantId: string, form: CredentialForm, config: string): Promise<Credentials> {
    const secret = new Set(secretVariables(form));
    const credentials: Credentials = {};
    for (const [variable, value] of Object.entries(parseConfig(config))) {
      if (typeof value === 'boolean') credentials[variable] = value;
      if (typeof value === 'string')
        credentials[variable] = secret.has(variable) && value !== '' ? await this.secrets.decrypt(tenantId, value) : value;
    }
    return credentials;
  }
}

function parseConfig(config: string): Record<string, unknown> {
  const parsed: unknown = JSON.parse(config);
  return isJsonObject(parsed) ? parsed : {};
}
