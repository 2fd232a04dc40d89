import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ForbiddenError, InvalidParamError, isJsonObject, storableText, UnauthorizedError } from '#common';
import {
  type AppKeyAccessOptions,
  type AppKeyPrincipal,
  Authenticator,
  Authenticators,
  type AuthRequest,
  UnsupportedMediaTypeError,
} from '#platform/http';
import { InvalidKeyError } from '../apps.errors.js';
import type { KeyOwner } from '../repositories/api-key.repository.js';
import { ApiKeyService } from './api-key.service.js';
import { bearerKeyOf } from './bearer-key.js';
import { EndUserService } from './end-user.service.js';
import { PublishedApps } from './published-apps.service.js';
import { type Standing, WorkspaceStanding } from './workspace-standing.js';

/** API keys of apps on `/v1`; the order of the checks is the contract's (service-and-web-api 3). */
@Injectable()
export class AppKeyAuthenticator extends Authenticator<'app-key'> implements OnModuleInit {
  constructor(
    private readonly authenticators: Authenticators,
    private readonly keys: ApiKeyService,
    private readonly apps: PublishedApps,
    private readonly users: EndUserService,
    private readonly workspaces: WorkspaceStanding,
  ) {
    super();
  }

  onModuleInit(): void {
    this.authenticators.register('app-key', this);
  }

  async authenticate(request: AuthRequest, options: AppKeyAccessOptions): Promise<AppKeyPrincipal> {
    const { tenantId, appId, keyId } = await this.ownerOf(request);
    const published = await this.apps.find(tenantId, appId);
    if (!published) throw new ForbiddenError('The app no longer exists.');
    const { app } = published;
    if (app.status !== 'normal') throw new ForbiddenError("The app's status is abnormal.");
    if (!app.enableApi) throw new ForbiddenError("The app's API service has been disabled.");
    const standing = await this.workspaces.of(tenantId);
    checkWorkspace(standing);
    const endUser =
      options.user === 'none' ? checkOwner(standing) : await this.users.ofApiCaller(tenantId, appId, await userOf(request, options));
    return { kind: 'app', tenantId, appId, mode: app.mode, keyId, endUser };
  }

  private async ownerOf(request: AuthRequest): Promise<KeyOwner & { appId: string }> {
    const owner = await this.keys.findOwner(bearerKeyOf(request));
    const appId = owner?.appId ?? null;
    if (owner === null || appId === null) throw new InvalidKeyError();
    return { ...owner, appId };
  }
}

function checkWorkspace(standing: Standing): void {
  if (standing === 'gone') throw new InvalidParamError('Tenant does not exist.');
  if (standing === 'archived') throw new ForbiddenError("The workspace's status is archived.");
}

/** A route that knows no user runs in the owner's name. */
function checkOwner(standing: Standing): null {
  if (standing === 'without-owner') throw new UnauthorizedError('Tenant owner account not found or tenant is not active.');
  return null;
}

async function userOf(request: AuthRequest, options: AppKeyAccessOptions): Promise<string | null> {
  const value = await rawUserOf(request, options);
  const isAbsent = value === undefined || value === null || value === '';
  if (isAbsent && options.required) throw new InvalidParamError('Arg user must be provided.', { params: 'user' });
  if (isAbsent) return null;
  if (typeof value !== 'string' && typeof value !== 'number') throw new InvalidParamError('Arg user must be a string.', { params: 'user' });
  return storableText(String(value)) || null;
}

async function rawUserOf(request: AuthRequest, options: AppKeyAccessOptions): Promise<unknown> {
  if (options.user === 'form') return (await request.form()).fields.user;
  if (options.user === 'query') {
    const { user } = request.query;
    return Array.isArray(user) ? user[0] : user;
  }
  const { body } = request;
  if (body === undefined) throw new UnsupportedMediaTypeError();
  if (!isJsonObject(body)) throw new InvalidParamError('The body must be a JSON object.');
  return Object.hasOwn(body, 'user') ? body.user : undefined;
}
