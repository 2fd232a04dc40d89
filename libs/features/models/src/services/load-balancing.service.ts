import { Injectable } from '@nestjs/common';
import { InvalidParamError } from '#common';
import { maskCredentials } from '#engines/model-runtime';
import type { Credentials, ProviderManifest } from '#engines/model-runtime';
import type { Tx } from '#platform/database';
import type { ModelKey } from '../model-key.js';
import { INHERITED_ENTRY } from '../models.constants.js';
import { UnknownCredentialError } from '../models.errors.js';
import { balancingOf, settingOf, type BalancingEntry, type CredentialSource, type StoredCredential } from '../provider-configuration.js';
import { LoadBalancingRepository, type BalancingEntryValues } from '../repositories/load-balancing.repository.js';
import { ModelCredentialRepository } from '../repositories/model-credential.repository.js';
import { ModelSettingRepository } from '../repositories/model-setting.repository.js';
import { ProviderCredentialRepository } from '../repositories/provider-credential.repository.js';
import { CredentialChecks, trialOf, type CredentialTrial } from './credential-checks.js';
import { CredentialVault } from './credential-vault.js';
import { LoadBalancer } from './load-balancer.js';
import type { ModelName } from './model-credential.service.js';
import { ProviderConfigurations } from './provider-configurations.js';
import { modelForm, providerForm, ProviderDirectory } from './provider-directory.js';

/** A balancing entry as a client sends it: with `id` it is changed, else made. */
export interface BalancingEntryDraft {
  id?: string;
  name: string;
  enabled: boolean;
  /** Name and secret are copied from this credential. */
  credentialId?: string;
  credentials?: Record<string, unknown>;
}

/** A balancing entry as shown. */
export interface ShownBalancingEntry {
  id: string;
  name: string;
  /** Secrets masked. */
  credentials: Credentials;
  credentialId: string | null;
  enabled: boolean;
  /** Left out at present, for so many seconds; 0: no. */
  secondsLeft: number;
}

/** How the calls of a model are shared among credentials (contract console-accounts 11.5). */
@Injectable()
export class LoadBalancingService {
  constructor(
    private readonly directory: ProviderDirectory,
    private readonly configurations: ProviderConfigurations,
    private readonly checks: CredentialChecks,
    private readonly vault: CredentialVault,
    private readonly balancer: LoadBalancer,
    private readonly repository: LoadBalancingRepository,
    private readonly settings: ModelSettingRepository,
    private readonly providerCredentials: ProviderCredentialRepository,
    private readonly modelCredentials: ModelCredentialRepository,
  ) {}

  /** The entries of one source, the inherited one first; it is made when the provider has a credential in use. */
  async show(tenantId: string, name: ModelName, source: CredentialSource): Promise<{ enabled: boolean; entries: ShownBalancingEntry[] }> {
    const { manifest, key } = await this.locate(tenantId, name);
    const before = await this.configurations.read(tenantId, key.provider);
    const isEnabled = settingOf(before, key.model, key.modelType).loadBalancingEnabled;
    const existing = balancingOf(before, key.model, key.modelType);
    if (before.credential !== null && !existing.some((entry) => entry.name === INHERITED_ENTRY)) await this.repository.insertInherited(key);
    const now = balancingOf(await this.configurations.read(tenantId, key.provider), key.model, key.modelType);
    const wanted = now.filter((entry) => entry.source === null || entry.source === source);
    const sorted = [
      ...wanted.filter((entry) => entry.name === INHERITED_ENTRY),
      ...wanted.filter((entry) => entry.name !== INHERITED_ENTRY),
    ];
    return { enabled: isEnabled, entries: await Promise.all(sorted.map((entry) => this.shown(tenantId, manifest, entry))) };
  }

  /**
   * What replaces the entries of a source: listed ones are changed or made, the others deleted; nothing without entries. To be done in a
   * change of the provider. Throws for entries that can't be saved, which is found out here, with the vendor's help.
   */
  async plan(
    tenantId: string,
    name: ModelName,
    source: CredentialSource,
    wanted: { enabled: boolean; entries: readonly BalancingEntryDraft[] },
  ): Promise<((tx: Tx) => Promise<void>) | null> {
    if (wanted.entries.length === 0) return null;
    const { manifest, key } = await this.locate(tenantId, name);
    const configuration = await this.configurations.read(tenantId, key.provider);
    const existing = balancingOf(configuration, key.model, key.modelType).filter(
      (entry) => entry.source === null || entry.source === source,
    );
    const prepared: { old: BalancingEntry | null; values: BalancingEntryValues }[] = [];
    for (const draft of wanted.entries) {
      const old = draft.id === undefined ? null : findEntry(existing, draft.id);
      prepared.push({ old, values: await this.prepare(manifest, key, source, draft, old) });
    }
    if (wanted.enabled && prepared.length < 2) throw new InvalidParamError('Model load balancing configuration must be more than 1.');
    const kept = new Set(wanted.entries.map((draft) => draft.id));
    const dropped = existing.filter((entry) => !kept.has(entry.id)).map((entry) => entry.id);

    return async (tx) => {
      await this.repository.delete(key, dropped, tx);
      for (const { old, values } of prepared) await this.write(key, old, values, tx);
      await this.settings.set(key, { loadBalancingEnabled: wanted.enabled }, tx);
    };
  }

  /** Tries credentials out for an entry; with its id, hidden values are those stored with it. For admins. */
  async tryOut(tenantId: string, name: ModelName, credentials: Record<string, unknown>, entryId?: string): Promise<CredentialTrial> {
    const { manifest, key } = await this.locate(tenantId, name);
    const entries = balancingOf(await this.configurations.read(tenantId, key.provider), key.model, key.modelType);
    const entry = entryId === undefined ? null : findEntry(entries, entryId);
    const stored = entry === null ? {} : await this.opened(tenantId, manifest, entry);
    return trialOf(this.check(manifest, key, entry?.source ?? defaultSource(manifest), credentials, stored));
  }

  private async write(key: ModelKey, old: BalancingEntry | null, values: BalancingEntryValues, tx: Tx): Promise<void> {
    if (old === null) await this.repository.insert(key, values, tx);
    else await this.repository.update(key, old.id, values, tx);
  }

  private async prepare(
    manifest: ProviderManifest,
    key: ModelKey,
    source: CredentialSource,
    draft: BalancingEntryDraft,
    old: BalancingEntry | null,
  ): Promise<BalancingEntryValues> {
    const { name, enabled } = draft;
    if (old?.name === INHERITED_ENTRY) return { name: INHERITED_ENTRY, encryptedConfig: null, credentialId: null, source: null, enabled };
    if (name === INHERITED_ENTRY) throw new InvalidParamError(`The name ${INHERITED_ENTRY} is reserved.`, { params: 'name' });
    if (draft.credentialId !== undefined) {
      const credential = await this.findCredential(key, source, draft.credentialId);
      return { name: credential.name, encryptedConfig: credential.encryptedConfig, credentialId: credential.id, source, enabled };
    }
    if (draft.credentials === undefined) {
      if (old === null) throw new InvalidParamError(`Entry ${name} needs credentials or a credential_id.`, { params: 'credentials' });
      return { name, encryptedConfig: old.encryptedConfig, credentialId: old.credentialId, source, enabled };
    }
    const stored = old === null ? {} : await this.opened(key.tenantId, manifest, old);
    const credentials = await this.check(manifest, key, source, draft.credentials, stored);
    return {
      name,
      encryptedConfig: await this.vault.seal(key.tenantId, formOf(manifest, source), credentials),
      credentialId: null,
      source,
      enabled,
    };
  }

  private async findCredential(key: ModelKey, source: CredentialSource, id: string): Promise<StoredCredential> {
    const found =
      source === 'provider'
        ? await this.providerCredentials.find(key.tenantId, key.provider, id)
        : await this.modelCredentials.find(key, id);
    if (found === null) throw new UnknownCredentialError(id);
    return found;
  }

  private check(
    manifest: ProviderManifest,
    key: ModelKey,
    source: CredentialSource,
    values: Record<string, unknown>,
    stored: Credentials,
  ): Promise<Credentials> {
    return source === 'provider' ? this.checks.provider(manifest, values, stored) : this.checks.model(manifest, key, values, stored);
  }

  private async shown(tenantId: string, manifest: ProviderManifest, entry: BalancingEntry): Promise<ShownBalancingEntry> {
    const credentials = maskCredentials(formOf(manifest, entry.source ?? 'provider'), await this.opened(tenantId, manifest, entry));
    const { id, name, credentialId, enabled } = entry;
    return { id, name, credentials, credentialId, enabled, secondsLeft: this.balancer.secondsLeft(id) };
  }

  private async opened(tenantId: string, manifest: ProviderManifest, entry: BalancingEntry): Promise<Credentials> {
    if (entry.encryptedConfig === null) return {};
    return this.vault.open(tenantId, formOf(manifest, entry.source ?? 'provider'), {
      id: entry.id,
      encryptedConfig: entry.encryptedConfig,
      version: entry.version,
    });
  }

  private async locate(tenantId: string, name: ModelName): Promise<{ manifest: ProviderManifest; key: ModelKey }> {
    const manifest = await this.directory.get(name.provider);
    return { manifest, key: { tenantId, provider: manifest.provider, model: name.model, modelType: name.modelType } };
  }
}

function findEntry(entries: readonly BalancingEntry[], id: string): BalancingEntry {
  const found = entries.find((entry) => entry.id === id);
  if (!found) throw new InvalidParamError(`Model load balancing config ${id} does not exist.`);
  return found;
}

function formOf(manifest: ProviderManifest, source: CredentialSource) {
  return source === 'provider' ? providerForm(manifest) : modelForm(manifest);
}

function defaultSource(manifest: ProviderManifest): CredentialSource {
  return manifest.configurateMethods.includes('customizable-model') ? 'custom_model' : 'provider';
}
