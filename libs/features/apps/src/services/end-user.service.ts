import { Injectable } from '@nestjs/common';
import { InvalidParamError } from '#common';
import { Cache } from '#platform/bus';
import type { EndUserRef } from '#platform/http';
import { EndUserNotFoundError } from '../apps.errors.js';
import type { EndUserEntity } from '../entities/end-user.entity.js';
import { EndUserRepository } from '../repositories/end-user.repository.js';

const CACHE = 'end-user';
const DEFAULT_SESSION = 'DEFAULT-USER';
const MAX_LENGTH = 255;

/** People behind the users of an app. */
@Injectable()
export class EndUserService {
  constructor(
    private readonly users: EndUserRepository,
    private readonly cache: Cache,
  ) {}

  /** The end user that an API caller names by `user`, made at his first request; without a name the anonymous default one. */
  async ofApiCaller(tenantId: string, appId: string, user: string | null): Promise<EndUserRef> {
    const sessionId = user ?? DEFAULT_SESSION;
    if (sessionId.length > MAX_LENGTH)
      throw new InvalidParamError(`Arg user must have at most ${String(MAX_LENGTH)} characters.`, { params: 'user' });
    const load = () => this.users.upsertApiUser({ tenantId, appId, sessionId, isAnonymous: user === null });
    return { id: await this.cache.get(CACHE, `${appId}:${sessionId}`, load), sessionId, isAnonymous: sessionId === DEFAULT_SESSION };
  }

  /** Whether an id is that of the app's default user, for whom those act who name nobody. */
  async isAnonymous(tenantId: string, appId: string, id: string): Promise<boolean> {
    return (await this.users.find(tenantId, appId, id))?.sessionId === DEFAULT_SESSION;
  }

  /** Throws `end_user_not_found` (404) unless the app has this end user. */
  async get(tenantId: string, appId: string, id: string): Promise<EndUserEntity> {
    const user = await this.users.find(tenantId, appId, id);
    if (!user) throw new EndUserNotFoundError();
    return user;
  }
}
