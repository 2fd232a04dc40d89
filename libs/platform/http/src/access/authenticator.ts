import type { AuthRequest } from './auth-request.js';
import type { Scheme, Schemes } from './access.js';

/** Says who sends a request by one scheme; provided by the feature that owns the credential and registered with {@link Authenticators}. */
export abstract class Authenticator<S extends Scheme> {
  /** The principal. Throws an `AppError` (401, 403, ...) when the credential does not hold. */
  abstract authenticate(request: AuthRequest, options: Schemes[S]['options']): Promise<Schemes[S]['principal']>;
}

/** Refuses callers while the installation is not set up (401 `not_setup` or `not_init_validated`). */
export abstract class SetupGate {
  /** Resolves once the installation is set up; throws the 401 otherwise. Asked at every guarded request, so it remembers a yes. */
  abstract check(request: AuthRequest): Promise<void>;
}
