import { Injectable } from '@nestjs/common';
import { InvalidParamError } from '#common';
import { maskCredentials } from '#engines/model-runtime';
import type { Credentials, ModelType, ProviderManifest } from '#engines/model-runtime';
import type { Tx } from '#platform/database';
import { givenCredentialName, nextCredentialName } from '../credential-name.js';
import type { ModelKey } from '../model-key.js';
import { UnknownCredentialError } from '../models.errors.js';
import {
  addedModel,
  type CredentialRef,
  type CredentialSource,
  type ProviderConfiguration,
  type StoredCredential,
} from '../provider-configuration.js';
import { LoadBalancingRepository } from '../repositories/load-balancing.repository.js';
import { ModelCredentialRepository } from '../repositories/model-credential.repository.js';
import { CredentialChecks, trialOf, type CredentialTrial } from './credential-checks.js';
import { CredentialVault } from './credential-vault.js';
import type { CredentialDraft } from './provider-credential.service.js';
import { ProviderConfigurations } from './provider-configurations.js';
import { modelForm, ProviderDirectory } from './provider-directory.js';

/** A model of a provider, as routes name it: the provider by long or bare id. */
export interface ModelName {
  provider: string;
  model: string;
  modelType: ModelType;
}

/** The credential of a model that is shown: the one asked for, else the one in use. */
export interface ShownModelCredential {
  /** Secrets masked; empty when there is none. */
  credentials: Credentials;
  credential: CredentialRef | null;
}

/** Credentials of single models: many per model, one in use; the first one adds the model to the provider's list. */
@Injectable()
export class ModelCredentialService {
  constructor(
    private readonly directory: ProviderDirectory,
    private readonly configurations: ProviderConfigurations,
    private readonly checks: CredentialChecks,
    private readonly vault: CredentialVault,
    private readonly repository: ModelCredentialRepository,
    private readonly balancing: LoadBalancingRepository,
  ) {}

  async show(tenantId: string, name: ModelName, credentialId?: string): Promise<ShownModelCredential> {
    const { manifest, key } = await this.locate(tenantId, name);
    const inUse = addedModel(await this.configurations.read(tenantId, key.provider), key.model, key.modelType)?.credential ?? null;
    const credential = credentialId === undefined ? inUse : await this.getStored(key, credentialId);
    if (credential === null) return { credentials: {}, credential: null };
    const form = modelForm(manifest);
    return {
      credentials: maskCredentials(form, await this.vault.open(tenantId, form, credential)),
      credential: { id: credential.id, name: credential.name },
    };
  }

  /** Names of the credentials that can be chosen: the provider's or the model's own, oldest first. */
  async available(tenantId: string, name: ModelName, source: CredentialSource): Promise<CredentialRef[]> {
    const { key } = await this.locate(tenantId, name);
    const configuration = await this.configurations.read(tenantId, key.provider);
    return source === 'provider' ? configuration.credentials : modelCredentialsOf(configuration, key);
  }

  /** Saves a new credential once the vendor has accepted it. The first one is put in use and adds the model to the list. */
  async add(tenantId: string, name: ModelName, draft: CredentialDraft): Promise<void> {
    const { manifest, key } = await this.locate(tenantId, name);
    const given = givenCredentialName(draft.name);
    const credentials = await this.checks.model(manifest, key, draft.credentials);
    const sealed = await this.vault.seal(tenantId, modelForm(manifest), credentials);
    const existing = modelCredentialsOf(await this.configurations.read(tenantId, key.provider), key);
    const credentialName = given ?? nextCredentialName(existing.map((credential) => credential.name));

    await this.configurations.change(tenantId, key.provider, async (tx) => {
      const id = await this.repository.insert(key, credentialName, sealed, tx);
      await this.repository.adopt(key, id, tx);
    });
  }

  /** Changes a credential once the vendor has accepted it; `[__HIDDEN__]` keeps a secret. */
  async update(tenantId: string, name: ModelName, credentialId: string, draft: CredentialDraft): Promise<void> {
    const { manifest, key } = await this.locate(tenantId, name);
    const newName = givenCredentialName(draft.name) ?? undefined;
    const form = modelForm(manifest);
    const stored = await this.vault.open(tenantId, form, await this.getStored(key, credentialId));
    const credentials = await this.checks.model(manifest, key, draft.credentials, stored);
    const encryptedConfig = await this.vault.seal(tenantId, form, credentials);

    await this.configurations.change(tenantId, key.provider, async (tx) => {
      if (!(await this.repository.update(key, credentialId, { name: newName, encryptedConfig }, tx)))
        throw new UnknownCredentialError(credentialId);
      await this.balancing.refreshCopies(tenantId, credentialId, { name: newName, encryptedConfig }, tx);
    });
  }

  /** Deletes a credential with the balancing entries copied from it; with the last one the model leaves the list. */
  async remove(tenantId: string, name: ModelName, credentialId: string): Promise<void> {
    const { key } = await this.locate(tenantId, name);
    await this.configurations.change(tenantId, key.provider, async (tx) => {
      if (!(await this.repository.delete(key, credentialId, tx))) throw new UnknownCredentialError(credentialId);
      await this.balancing.deleteCopies(tenantId, credentialId, tx);
      await this.repository.release(key, credentialId, tx);
    });
  }

  /** Puts a saved credential in use, adding the model to the list; the one in use already is refused. */
  async switchTo(tenantId: string, name: ModelName, credentialId: string): Promise<void> {
    const { key } = await this.locate(tenantId, name);
    const use = await this.planUse(tenantId, name, credentialId);
    const inUse = addedModel(await this.configurations.read(tenantId, key.provider), key.model, key.modelType)?.credential;
    if (inUse?.id === credentialId) throw new InvalidParamError('This credential is in use already.', { params: 'credential_id' });
    await this.configurations.change(tenantId, key.provider, use);
  }

  /** What puts a saved credential in use, and the model on the list; to be done in a change of its provider. Throws for an unknown credential. */
  async planUse(tenantId: string, name: ModelName, credentialId: string): Promise<(tx: Tx) => Promise<void>> {
    const { key } = await this.locate(tenantId, name);
    await this.getStored(key, credentialId);
    return (tx) => this.repository.use(key, credentialId, tx);
  }

  /** Takes a model off the list; its credentials stay. */
  async removeFromList(tenantId: string, name: ModelName): Promise<void> {
    const { key } = await this.locate(tenantId, name);
    await this.configurations.change(tenantId, key.provider, (tx) => this.repository.removeModel(key, tx));
  }

  /** Tries credentials out without saving them; hidden values are not filled in, as any member may do this. */
  async tryOut(name: ModelName, credentials: Record<string, unknown>): Promise<CredentialTrial> {
    const manifest = await this.directory.get(name.provider);
    return trialOf(this.checks.model(manifest, name, credentials));
  }

  private async locate(tenantId: string, name: ModelName): Promise<{ manifest: ProviderManifest; key: ModelKey }> {
    const manifest = await this.directory.get(name.provider);
    return { manifest, key: { tenantId, provider: manifest.provider, model: name.model, modelType: name.modelType } };
  }

  private async getStored(key: ModelKey, credentialId: string): Promise<StoredCredential> {
    const stored = await this.repository.find(key, credentialId);
    if (stored === null) throw new UnknownCredentialError(credentialId);
    return stored;
  }
}

/** Names of all credentials of a model, oldest first. */
export function modelCredentialsOf(configuration: ProviderConfiguration, model: { model: string; modelType: ModelType }): CredentialRef[] {
  return configuration.modelCredentials
    .filter((credential) => credential.model === model.model && credential.modelType === model.modelType)
    .map(({ id, name }) => ({ id, name }));
}
