import { Injectable } from '@nestjs/common';
import { ModelRuntime } from '#engines/model-runtime';
import type { CredentialForm, Credentials, ModelSchema, ModelTarget, ModelType, ProviderManifest } from '#engines/model-runtime';
import { INHERITED_ENTRY } from '../models.constants.js';
import { ModelDisabledError, ProviderNotInitializedError, UnknownModelError } from '../models.errors.js';
import { addedModel, settingOf, type BalancingEntry, type ProviderConfiguration } from '../provider-configuration.js';
import type { ModelRef } from '../model-key.js';
import { CredentialVault } from './credential-vault.js';
import { LoadBalancer } from './load-balancer.js';
import { ProviderConfigurations } from './provider-configurations.js';
import { modelForm, needsNoCredentials, providerForm, ProviderDirectory } from './provider-directory.js';

/** A model of a workspace, ready to be called. Shared by all callers: not to be changed. */
export interface ResolvedModel {
  /** Long id. */
  provider: string;
  model: string;
  modelType: ModelType;
  /** In the clear; never to be logged, stored or sent to a client. */
  credentials: Credentials;
  schema: ModelSchema;
  /** What the runtime takes. */
  target: ModelTarget;
}

/** One way to call a model; `entry` when its credentials take turns with others. */
export interface ModelCandidate {
  target: ModelTarget;
  entry: BalancingEntry | null;
}

/** At least one way to call a model, in the order in which they are to be tried. */
export type ModelCandidates = [ModelCandidate, ...ModelCandidate[]];

interface Located {
  manifest: ProviderManifest;
  configuration: ProviderConfiguration;
  model: string;
  modelType: ModelType;
}

/** Finds the credentials and the schema of a model out of what is cached. */
@Injectable()
export class ModelResolver {
  constructor(
    private readonly runtime: ModelRuntime,
    private readonly directory: ProviderDirectory,
    private readonly configurations: ProviderConfigurations,
    private readonly vault: CredentialVault,
    private readonly balancer: LoadBalancer,
  ) {}

  /** The model with the credential in use. */
  async resolve(tenantId: string, ref: ModelRef, modelType: ModelType): Promise<ResolvedModel> {
    return this.resolveLocated(tenantId, await this.locate(tenantId, ref, modelType));
  }

  /** Both at once: the model, and all ways to call it. */
  async prepare(tenantId: string, ref: ModelRef, modelType: ModelType): Promise<{ resolved: ResolvedModel; candidates: ModelCandidates }> {
    const located = await this.locate(tenantId, ref, modelType);
    const resolved = await this.resolveLocated(tenantId, located);
    const balanced = await this.balancedCandidates(tenantId, located);
    return { resolved, candidates: balanced ?? [{ target: resolved.target, entry: null }] };
  }

  /** All ways to call the model, in the order in which they are to be tried; at least one. */
  async candidates(tenantId: string, ref: ModelRef, modelType: ModelType): Promise<ModelCandidates> {
    const located = await this.locate(tenantId, ref, modelType);
    const balanced = await this.balancedCandidates(tenantId, located);
    if (balanced) return balanced;
    const { target } = await this.resolveLocated(tenantId, located);
    return [{ target, entry: null }];
  }

  /** The credentials that take turns; null where none do, or all of them cool down. */
  private async balancedCandidates(tenantId: string, located: Located): Promise<ModelCandidates | null> {
    const { model, modelType } = located;
    const entries = this.balancer.order(tenantId, located.configuration, { model, modelType });
    if (entries === null) return null;
    const candidates: ModelCandidate[] = [];
    for (const entry of entries) {
      const credentials = await this.credentialsOf(tenantId, located, entry);
      candidates.push({ target: { provider: located.manifest.provider, model, credentials }, entry });
    }
    const [first, ...rest] = candidates;
    return first ? [first, ...rest] : null;
  }

  private async resolveLocated(tenantId: string, located: Located): Promise<ResolvedModel> {
    const { model, modelType } = located;
    const credentials = await this.credentialsInUse(tenantId, located);
    const { provider } = located.manifest;
    const target = { provider, model, credentials };
    const schema = await this.runtime.modelSchema(target, modelType);
    if (schema === null) throw new UnknownModelError(model);
    return { provider, model, modelType, credentials, schema, target };
  }

  private async locate(tenantId: string, ref: ModelRef, modelType: ModelType): Promise<Located> {
    const manifest = await this.directory.get(ref.provider);
    const configuration = await this.configurations.get(tenantId, manifest.provider);
    if (!settingOf(configuration, ref.model, modelType).enabled) throw new ModelDisabledError(ref.model);
    return { manifest, configuration, model: ref.model, modelType };
  }

  /** The model's own credential, else the provider's; none at all where none are needed. */
  private async credentialsInUse(tenantId: string, { manifest, configuration, model, modelType }: Located): Promise<Credentials> {
    const own = addedModel(configuration, model, modelType)?.credential;
    if (own) return this.vault.open(tenantId, modelForm(manifest), own);
    if (configuration.credential) return this.vault.open(tenantId, providerForm(manifest), configuration.credential);
    if (needsNoCredentials(manifest)) return NO_CREDENTIALS;
    throw new ProviderNotInitializedError(model);
  }

  private credentialsOf(tenantId: string, located: Located, entry: BalancingEntry): Promise<Credentials> {
    if (entry.name === INHERITED_ENTRY || entry.encryptedConfig === null) return this.credentialsInUse(tenantId, located);
    const form: CredentialForm = entry.source === 'provider' ? providerForm(located.manifest) : modelForm(located.manifest);
    return this.vault.open(tenantId, form, { id: entry.id, encryptedConfig: entry.encryptedConfig, version: entry.version });
  }
}

/** One object for all, so that what the runtime keeps by credentials is kept once. */
const NO_CREDENTIALS: Credentials = Object.freeze({});
