import { shortProviderId } from '../catalogue/provider-id.js';
import { redact } from '../credentials/secrets.js';
import { InvokeError, ModelNotFoundError, ProviderNotFoundError } from '../model-runtime.errors.js';
import type { ModelProvider } from '../ports/model-provider.port.js';
import type { Credentials } from '../types/provider-manifest.js';

/** What an error is completed from. */
export interface FailedCall {
  provider: ModelProvider;
  model?: string;
  credentials: Credentials;
  signal?: AbortSignal;
}

/**
 * What is thrown for an error of a call: the signal's reason when it fired; else an InvokeError that names provider and model and has no secret in its
 * message.
 */
export async function completeError(error: unknown, call: FailedCall): Promise<unknown> {
  if (call.signal?.aborted) return call.signal.reason;
  if (error instanceof ProviderNotFoundError || error instanceof ModelNotFoundError) return error;
  const failed =
    error instanceof InvokeError
      ? error
      : new InvokeError({ message: `Error: ${error instanceof Error ? error.message : String(error)}`, cause: error });
  if (failed.provider !== undefined) return failed;
  failed.provider = call.provider.id;
  failed.model = call.model;
  const { providerForm, modelForm } = await call.provider.manifest();
  const form = [...(providerForm ?? []), ...(modelForm?.fields ?? [])];
  failed.message = `[${shortProviderId(call.provider.id)}] ${redact(failed.message, form, call.credentials)}`;
  return failed;
}
