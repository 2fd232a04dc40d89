import type { CredentialTrial } from '../../services/credential-checks.js';

/** Whether the vendor takes the credentials. */
export class CredentialTrialResponse {
  /** `success` when it does. @example success */
  result: 'success' | 'error';
  /** The vendor's reason, with `error` only. @example "Incorrect API key provided." */
  error?: string;

  static from(trial: CredentialTrial): CredentialTrialResponse {
    return Object.assign(new CredentialTrialResponse(), trial.isValid ? { result: 'success' } : { result: 'error', error: trial.reason });
  }
}
