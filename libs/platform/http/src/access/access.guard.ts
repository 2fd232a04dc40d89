import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import passport from 'passport';
import { ForbiddenError, isUuid, UnexpectedError } from '#common';
import { requestContext } from '#platform/telemetry';
import { RouteNotFoundError } from '../errors/http.errors.js';
import { routePlanOf } from '../routing/route-plan.js';
import type { Access, Scheme } from './access.js';
import { AuthRequest } from './auth-request.js';
import { Authenticators } from './authenticators.js';
import type { Principal } from './principals.js';
import { isRoleAllowed } from './roles.js';
import { schemeStrategy } from './scheme.strategy.js';

/** Passport keeps its strategies by name in one registry a process; each application gets names of its own. */
let applications = 0;

const SCHEMES: readonly Scheme[] = ['console', 'app-key', 'dataset-key', 'admin-key', 'passport', 'installed-app', 'inner'];

/** The one guard: path ids, then who (a passport strategy a scheme), then may he. Runs before any pipe looks at the body. */
@Injectable()
export class AccessGuard implements CanActivate {
  private readonly guards = new Map<Scheme, CanActivate>();

  constructor(private readonly authenticators: Authenticators) {
    applications += 1;
    for (const scheme of SCHEMES) {
      const name = `baya:${applications}:${scheme}`;
      passport.use(name, schemeStrategy(scheme, authenticators));
      this.guards.set(scheme, new (AuthGuard(name))({ property: 'principal' }));
    }
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const plan = routePlanOf(context.getClass(), context.getHandler());
    request.plan = plan;
    const params = request.params as Record<string, string>;
    if (plan.uuidParams.some((name) => !isUuid(params[name]))) throw new RouteNotFoundError();
    const { access } = plan;
    if (access === null) throw new UnexpectedError({ code: 'unknown', status: 500, message: 'The route does not say who may call it.' });
    if (access.scheme === 'public') {
      if (access.options.setup) await this.authenticators.setupGate?.check(new AuthRequest(request));
      return true;
    }
    await this.guards.get(access.scheme)?.canActivate(context);
    authorize(access, request.principal);
    return true;
  }
}

function authorize(access: Access, principal: Principal | null): void {
  if (principal === null) throw new ForbiddenError();
  if (principal.kind === 'inner' || principal.kind === 'admin') return;
  requestContext.set({ tenantId: principal.tenantId });
  const isMember = principal.kind === 'console' || principal.kind === 'installed-app';
  if (isMember && 'role' in access.options && !isRoleAllowed(access.options.role, principal.role)) throw new ForbiddenError();
}
