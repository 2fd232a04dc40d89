import { Injectable, type OnModuleInit } from '@nestjs/common';
import { UnauthorizedError } from '#common';
import { AccountService } from '#features/accounts';
import { ApiKeyService, bearerKeyOf, InvalidKeyError } from '#features/apps';
import { MembershipService, WorkspaceService } from '#features/workspaces';
import { Authenticator, Authenticators, type AuthRequest, type DatasetKeyPrincipal } from '#platform/http';

/** Keys of a workspace's knowledge on `/v1`; who holds one acts as the workspace's owner (contract service-and-web-api 3). */
@Injectable()
export class DatasetKeyAuthenticator extends Authenticator<'dataset-key'> implements OnModuleInit {
  constructor(
    private readonly authenticators: Authenticators,
    private readonly keys: ApiKeyService,
    private readonly workspaces: WorkspaceService,
    private readonly memberships: MembershipService,
    private readonly accounts: AccountService,
  ) {
    super();
  }

  onModuleInit(): void {
    this.authenticators.register('dataset-key', this);
  }

  async authenticate(request: AuthRequest): Promise<DatasetKeyPrincipal> {
    const key = await this.keys.findOwner(bearerKeyOf(request));
    if (key?.appId !== null) throw new InvalidKeyError();
    const { tenantId, keyId } = key;
    const workspace = await this.workspaces.findById(tenantId);
    const ownerId = workspace?.status === 'normal' ? await this.memberships.ownerIdOf(tenantId) : null;
    if (ownerId === null) throw new UnauthorizedError('Tenant does not exist.');
    if ((await this.accounts.findById(ownerId)) === null) throw new UnauthorizedError('Tenant owner account does not exist.');
    return { kind: 'dataset', tenantId, keyId, accountId: ownerId };
  }
}
