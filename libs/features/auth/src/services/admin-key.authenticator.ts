import { Injectable } from '@nestjs/common';
import { type AdminPrincipal, Authenticator, type AuthRequest } from '#platform/http';
import { InvalidAdminKeyError } from '../auth.errors.js';
import { AdminKey } from './admin-key.js';

/** Lets in whoever sends the admin key as bearer token (contract console-accounts 8); a session never does. */
@Injectable()
export class AdminKeyAuthenticator extends Authenticator<'admin-key'> {
  constructor(private readonly adminKey: AdminKey) {
    super();
  }

  authenticate(request: AuthRequest): Promise<AdminPrincipal> {
    const { bearer } = request;
    if (bearer === null || !this.adminKey.matches(bearer)) return Promise.reject(new InvalidAdminKeyError());
    return Promise.resolve({ kind: 'admin' });
  }
}
