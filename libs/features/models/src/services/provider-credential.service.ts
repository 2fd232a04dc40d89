import { Injectable } from '@nestjs/common';
import { maskCredentials } from '#engines/model-runtime';
import type { Credentials, ProviderManifest } from '#engines/model-runtime';
import { givenCredentialName, nextCredentialName } from '../credential-name.js';
import { UnknownCredentialError } from '../models.errors.js';
import type { StoredCredential } from '../provider-configuration.js';
import { LoadBalancingRepository } from '../repositories/load-balancing.repository.js';
import { ProviderCredentialRepository } from '../repositories/provider-credential.repository.js';
import { CredentialChecks, trialOf, type CredentialTrial } from './credential-checks.js';
import { CredentialVault } from './credential-vault.js';
import { ProviderConfigurations } from './provider-configurations.js';
import { providerForm, ProviderDirectory } from './provider-directory.js';

/** A credential that a client wants to have saved. */
export interface CredentialDraft {
  credentials: Record<string, unknown>;
  /** Null or blank: a numbered name for a new credential, the old name for a changed one. */
  name?: string | null;
}

/** Provider-wide credentials of a workspace: many per provider, one in use (contract models-agents-tools 2.4). */
@Injectable()
export class ProviderCredentialService {
  constructor(
    private readonly directory: ProviderDirectory,
    private readonly configurations: ProviderConfigurations,
    private readonly checks: CredentialChecks,
    private readonly vault: CredentialVault,
    private readonly repository: ProviderCredentialRepository,
    private readonly balancing: LoadBalancingRepository,
  ) {}

  /** The credential of that id, else the one in use, with secrets masked; empty when there is none in use. */
  async show(tenantId: string, provider: string, credentialId?: string): Promise<Credentials> {
    const manifest = await this.directory.get(provider);
    const credential =
      credentialId === undefined
        ? (await this.configurations.read(tenantId, manifest.provider)).credential
        : await this.getStored(tenantId, manifest, credentialId);
    if (credential === null) return {};
    const form = providerForm(manifest);
    return maskCredentials(form, await this.vault.open(tenantId, form, credential));
  }

  /** Saves a new credential once the vendor has accepted it. The first one is put in use. */
  async add(tenantId: string, provider: string, draft: CredentialDraft): Promise<void> {
    const manifest = await this.directory.get(provider);
    const given = givenCredentialName(draft.name);
    const credentials = await this.checks.provider(manifest, draft.credentials);
    const sealed = await this.vault.seal(tenantId, providerForm(manifest), credentials);
    const { credentials: existing } = await this.configurations.read(tenantId, manifest.provider);
    const name = given ?? nextCredentialName(existing.map((credential) => credential.name));

    await this.configurations.change(tenantId, manifest.provider, async (tx) => {
      const id = await this.repository.insert(tenantId, manifest.provider, name, sealed, tx);
      const isFirst = await this.repository.adopt(tenantId, manifest.provider, id, tx);
      if (isFirst) await this.repository.prefer(tenantId, manifest.provider, 'custom', tx);
    });
  }

  /** Changes a credential once the vendor has accepted it; `[__HIDDEN__]` keeps a secret. */
  async update(tenantId: string, provider: string, credentialId: string, draft: CredentialDraft): Promise<void> {
    const manifest = await this.directory.get(provider);
    const name = givenCredentialName(draft.name) ?? undefined;
    const form = providerForm(manifest);
    const stored = await this.vault.open(tenantId, form, await this.getStored(tenantId, manifest, credentialId));
    const credentials = await this.checks.provider(manifest, draft.credentials, stored);
    const encryptedConfig = await this.vault.seal(tenantId, form, credentials);

    await this.configurations.change(tenantId, manifest.provider, async (tx) => {
      const isThere = await this.repository.update(tenantId, manifest.provider, credentialId, { name, encryptedConfig }, tx);
      if (!isThere) throw new UnknownCredentialError(credentialId);
      await this.balancing.refreshCopies(tenantId, credentialId, { name, encryptedConfig }, tx);
    });
  }

  /** Deletes a credential with the balancing entries copied from it; with the last one the provider's record goes. */
  async remove(tenantId: string, provider: string, credentialId: string): Promise<void> {
    const manifest = await this.directory.get(provider);
    await this.configurations.change(tenantId, manifest.provider, async (tx) => {
      const isThere = await this.repository.delete(tenantId, manifest.provider, credentialId, tx);
      if (!isThere) throw new UnknownCredentialError(credentialId);
      await this.balancing.deleteCopies(tenantId, credentialId, tx);
      await this.repository.release(tenantId, manifest.provider, credentialId, tx);
    });
  }

  /** Puts a saved credential in use. */
  async switchTo(tenantId: string, provider: string, credentialId: string): Promise<void> {
    const manifest = await this.directory.get(provider);
    await this.getStored(tenantId, manifest, credentialId);
    await this.configurations.change(tenantId, manifest.provider, async (tx) => {
      if (!(await this.repository.use(tenantId, manifest.provider, credentialId, tx))) throw new UnknownCredentialError(credentialId);
      await this.repository.prefer(tenantId, manifest.provider, 'custom', tx);
    });
  }

  /**
   * Tries credentials out without saving them. Any member may, so hidden values stay hidden: filled in from what is stored they could be
   * sent to an address of the caller's choice.
   */
  async tryOut(provider: string, credentials: Record<string, unknown>): Promise<CredentialTrial> {
    const manifest = await this.directory.get(provider);
    return trialOf(this.checks.provider(manifest, credentials));
  }

  /** Chooses between the workspace's own credentials and the system's. */
  async prefer(tenantId: string, provider: string, preferred: 'custom' | 'system'): Promise<void> {
    const manifest = await this.directory.get(provider);
    await this.configurations.change(tenantId, manifest.provider, (tx) =>
      this.repository.prefer(tenantId, manifest.provider, preferred, tx),
    );
  }

  private async getStored(tenantId: string, manifest: ProviderManifest, credentialId: string): Promise<StoredCredential> {
    const stored = await this.repository.find(tenantId, manifest.provider, credentialId);
    if (stored === null) throw new UnknownCredentialError(credentialId);
    return stored;
  }
}
