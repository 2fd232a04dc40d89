import { Injectable } from '@nestjs/common';
import { ModelRuntime, ProviderNotFoundError } from '#engines/model-runtime';
import type { CredentialForm, ProviderManifest } from '#engines/model-runtime';
import { UnknownProviderError } from '../models.errors.js';
import { parseProviderId } from '../provider-id.js';

/** The provider of test models that is part of Baya. */
export const BUILTIN_PROVIDER_ID = 'baya/builtin/builtin';

/** Whether a provider's models can be called without any credentials. */
export function needsNoCredentials(manifest: ProviderManifest): boolean {
  return manifest.configurateMethods.includes('predefined-model') && (manifest.providerForm?.length ?? 0) === 0;
}

/** The providers there are. */
@Injectable()
export class ProviderDirectory {
  /** By every id that was asked for and is one: what is part of the program does not change. */
  private readonly known = new Map<string, ProviderManifest>();

  constructor(private readonly runtime: ModelRuntime) {}

  /** All providers by id, the test models last. */
  async list(): Promise<ProviderManifest[]> {
    const all = await this.runtime.listProviders();
    return [
      ...all.filter((manifest) => manifest.provider !== BUILTIN_PROVIDER_ID),
      ...all.filter((manifest) => manifest.provider === BUILTIN_PROVIDER_ID),
    ];
  }

  /** A provider by long or bare id. Throws `UnknownProviderError`, or `invalid_param` for what is no id. */
  async get(id: string): Promise<ProviderManifest> {
    const known = this.known.get(id);
    if (known !== undefined) return known;
    const provider = parseProviderId(id);
    try {
      const manifest = await this.runtime.providerManifest(provider);
      this.known.set(id, manifest);
      return manifest;
    } catch (error) {
      throw error instanceof ProviderNotFoundError ? new UnknownProviderError(provider) : error;
    }
  }

  /** A provider by long or bare id; null when there is none. */
  async find(id: string): Promise<ProviderManifest | null> {
    try {
      return await this.get(id);
    } catch (error) {
      if (error instanceof UnknownProviderError) return null;
      throw error;
    }
  }
}

/** The form for a whole provider; empty where it has none. */
export function providerForm(manifest: ProviderManifest): CredentialForm {
  return manifest.providerForm ?? [];
}

/** The form for one model; empty where the provider takes no models by name. */
export function modelForm(manifest: ProviderManifest): CredentialForm {
  return manifest.modelForm?.fields ?? [];
}
