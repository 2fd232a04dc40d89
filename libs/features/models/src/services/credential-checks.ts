import { Injectable } from '@nestjs/common';
import { AbortScope, InvalidParamError } from '#common';
import { CredentialsValidateError, ModelRuntime, restoreHidden } from '#engines/model-runtime';
import type { CredentialForm, Credentials, ModelType, ProviderManifest } from '#engines/model-runtime';
import { ModelsConfig } from '#platform/config';
import { CredentialsRefusedError } from '../models.errors.js';
import { modelForm, providerForm } from './provider-directory.js';

/** What came of trying credentials without saving them. */
export type CredentialTrial = { isValid: true } | { isValid: false; reason: string };

/** Tries credentials out at the vendor, through the runtime. Never inside a transaction. */
@Injectable()
export class CredentialChecks {
  constructor(
    private readonly runtime: ModelRuntime,
    private readonly config: ModelsConfig,
  ) {}

  /** What is to be stored for a provider. `stored` fills secrets the client left hidden. Throws `invalid_param` with the vendor's reason. */
  async provider(manifest: ProviderManifest, values: Record<string, unknown>, stored: Credentials = {}): Promise<Credentials> {
    const form = requireForm(manifest, providerForm(manifest), 'predefined-model');
    return this.check((limits) => this.runtime.validateProviderCredentials(manifest.provider, restoreHidden(form, values, stored), limits));
  }

  /** Likewise for one model. */
  async model(
    manifest: ProviderManifest,
    target: { model: string; modelType: ModelType },
    values: Record<string, unknown>,
    stored: Credentials = {},
  ): Promise<Credentials> {
    const form = requireForm(manifest, modelForm(manifest), 'customizable-model');
    if (!manifest.supportedModelTypes.includes(target.modelType)) {
      throw new InvalidParamError(`Provider ${manifest.provider} has no models of type ${target.modelType}.`, { params: 'model_type' });
    }
    return this.check((limits) =>
      this.runtime.validateModelCredentials(
        { provider: manifest.provider, ...target, values: restoreHidden(form, values, stored) },
        limits,
      ),
    );
  }

  private async check(work: (limits: { signal: AbortSignal }) => Promise<Credentials>): Promise<Credentials> {
    const scope = new AbortScope({ afterMs: this.config.validationTimeoutMs });
    try {
      return await work({ signal: scope.signal });
    } catch (error) {
      if (error instanceof CredentialsValidateError) {
        throw new CredentialsRefusedError(error.message, { isFormError: error.variable !== undefined, cause: error });
      }
      if (error instanceof Error && error.name === 'TimeoutError') {
        throw new CredentialsRefusedError('The vendor did not answer in time. Check the address and try again.', {
          isFormError: false,
          cause: error,
        });
      }
      throw error;
    } finally {
      scope.end();
    }
  }
}

/** Turns a vendor's refusal into an answer; mistakes in the form stay errors (trace models/credentials). */
export async function trialOf(check: Promise<unknown>): Promise<CredentialTrial> {
  try {
    await check;
    return { isValid: true };
  } catch (error) {
    if (error instanceof CredentialsRefusedError && !error.isFormError) return { isValid: false, reason: error.message };
    throw error;
  }
}

function requireForm(
  manifest: ProviderManifest,
  form: CredentialForm,
  method: ProviderManifest['configurateMethods'][number],
): CredentialForm {
  if (manifest.configurateMethods.includes(method) && form.length > 0) return form;
  throw new InvalidParamError(`Provider ${manifest.provider} takes no such credentials.`);
}
