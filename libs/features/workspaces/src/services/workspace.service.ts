import { Injectable } from '@nestjs/common';
import { isUuid, type Page, pageOf, uuidv7 } from '#common';
import type { Tx } from '#platform/database';
import { WorkspaceSecrets } from '#platform/secrets';
import { TenantEntity } from '../entities/tenant.entity.js';
import { TenantRepository } from '../repositories/tenant.repository.js';
import type { Workspace } from '../workspace.js';
import { formatLook, parseLook, type WorkspaceLook } from '../workspace-look.js';
import { WorkspaceNotFoundError } from '../workspaces.errors.js';
import { MembershipService } from './membership.service.js';

/** A workspace that is about to be made: its id and key pair exist already. */
export interface PreparedWorkspace {
  id: string;
  /** PEM. */
  publicKey: string;
}

/** What a new workspace is made of. */
export interface NewWorkspace {
  name: string;
  /** Account that becomes its owner. */
  ownerId: string;
  /** Whether the system makes it for itself. Default false. */
  isSystem?: boolean;
}

/** The workspaces of this installation. */
@Injectable()
export class WorkspaceService {
  constructor(
    private readonly tenants: TenantRepository,
    private readonly memberships: MembershipService,
    private readonly secrets: WorkspaceSecrets,
  ) {}

  /** Makes id and key pair of a workspace. Takes 0.1 to 0.5 s, therefore outside of the transaction that calls `create`. */
  async prepare(): Promise<PreparedWorkspace> {
    const id = uuidv7();
    return { id, publicKey: await this.secrets.createKeyPair(id) };
  }

  /** Takes back what `prepare` did, when the transaction failed. */
  async abandon(prepared: PreparedWorkspace): Promise<void> {
    await this.secrets.forget(prepared.id);
  }

  /** Makes a prepared workspace and its owner's membership, which becomes the owner's current one. */
  async create(prepared: PreparedWorkspace, { name, ownerId, isSystem = false }: NewWorkspace, tx: Tx): Promise<Workspace> {
    const now = new Date();
    const row = Object.assign(new TenantEntity(), {
      id: prepared.id,
      name,
      encryptPublicKey: prepared.publicKey,
      plan: 'basic',
      status: 'normal',
      customConfig: null,
      isSystem,
      createdAt: now,
      updatedAt: now,
    });
    await this.tenants.insert(row, tx);
    await this.memberships.add({ tenantId: row.id, accountId: ownerId, role: 'owner' }, tx);
    await this.memberships.makeCurrent(row.id, ownerId, tx);
    return row;
  }

  /** The workspace, or null; also null for an id that is no UUID. */
  async findById(tenantId: string, tx?: Tx): Promise<Workspace | null> {
    return isUuid(tenantId) ? this.tenants.findById(tenantId, tx) : null;
  }

  /** One page of all workspaces of the installation, newest first: archived ones and the demo workspace too. */
  async list(page: number, limit: number): Promise<Page<Workspace>> {
    const { tenants, total } = await this.tenants.list({ page, limit });
    return pageOf<Workspace>(tenants, { page, limit, total });
  }

  /** Makes others who lock the workspace wait until the transaction ends. */
  lock(tenantId: string, tx: Tx): Promise<void> {
    return this.tenants.lock(tenantId, tx);
  }

  /** Gives a workspace another name. */
  rename(tenantId: string, name: string): Promise<void> {
    return this.tenants.rename(tenantId, name);
  }

  /** How a workspace changed the look of its web apps; null when there is no such workspace in use. */
  async lookOf(tenantId: string): Promise<WorkspaceLook | null> {
    const workspace = await this.findById(tenantId);
    return workspace?.status === 'normal' ? parseLook(workspace.customConfig) : null;
  }

  /** Changes the look of a workspace's web apps and gives the stored JSON; what is not named stays as it is. */
  async changeLook(workspace: Workspace, changes: Partial<WorkspaceLook>): Promise<string> {
    const customConfig = formatLook({ ...parseLook(workspace.customConfig), ...changes });
    await this.tenants.updateCustomConfig(workspace.id, customConfig);
    return customConfig;
  }

  /** The public key with which secrets of the workspace are encrypted, as PEM. Throws `WorkspaceNotFoundError` (404). */
  async publicKeyOf(tenantId: string, tx?: Tx): Promise<string> {
    const key = await this.tenants.findPublicKey(tenantId, tx);
    if (!key) throw new WorkspaceNotFoundError();
    return key;
  }

  /** Whether a person made a workspace yet; those of the system do not count. */
  existsOfPeople(tx?: Tx): Promise<boolean> {
    return this.tenants.existsOfPeople(tx);
  }
}
