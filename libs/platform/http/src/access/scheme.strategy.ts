import type { FastifyRequest } from 'fastify';
import { Strategy } from 'passport-custom';
import { AuthRequest } from './auth-request.js';
import type { Authenticators } from './authenticators.js';
import type { Scheme } from './access.js';
import type { Principal } from './principals.js';

/** A passport strategy that asks the registered authenticator of one scheme. */
export function schemeStrategy(scheme: Scheme, authenticators: Authenticators): Strategy {
  return new Strategy((raw, done) => {
    const request = raw as unknown as FastifyRequest;
    const access = request.plan?.access;
    const authenticate = async (): Promise<Principal> =>
      authenticators.get(scheme).authenticate(new AuthRequest(request), access?.options as never);
    authenticate().then(
      (principal) => done(null, principal),
      (error: unknown) => done(error),
    );
  });
}
