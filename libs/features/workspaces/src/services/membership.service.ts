import { Injectable } from '@nestjs/common';
import { isUuid, uuidv7 } from '#common';
import type { Tx } from '#platform/database';
import type { Role } from '#platform/http';
import { TenantAccountJoinEntity } from '../entities/tenant-account-join.entity.js';
import { MembershipRepository, type MembershipView } from '../repositories/membership.repository.js';
import { NotAMemberError, WorkspaceArchivedError } from '../workspaces.errors.js';

/** Who joins which workspace. */
export interface NewMembership {
  tenantId: string;
  accountId: string;
  role: Role;
  /** Account that invited. */
  invitedBy?: string;
}

/** Who belongs to which workspace, and works in which (contract console-accounts 1.3, 8). */
@Injectable()
export class MembershipService {
  constructor(private readonly memberships: MembershipRepository) {}

  /** Makes an account a member; the workspace does not become its current one. */
  async add(membership: NewMembership, tx?: Tx): Promise<void> {
    const now = new Date();
    const row = Object.assign(new TenantAccountJoinEntity(), {
      id: uuidv7(),
      tenantId: membership.tenantId,
      accountId: membership.accountId,
      role: membership.role,
      invitedBy: membership.invitedBy ?? null,
      current: false,
      createdAt: now,
      updatedAt: now,
    });
    await this.memberships.insert(row, tx);
  }

  /** The account's current membership: the flagged one, else the first, which is then flagged; null without any. */
  async currentOf(accountId: string): Promise<MembershipView | null> {
    const found = await this.memberships.findCurrent(accountId);
    if (!found || found.current) return found;
    await this.memberships.setCurrent(found.id, accountId);
    return { ...found, current: true };
  }

  /** Like `currentOf`, moving on to the first workspace that is not archived. Throws `WorkspaceArchivedError` (401) when there is none. */
  async usableCurrentOf(accountId: string): Promise<MembershipView> {
    const current = await this.currentOf(accountId);
    if (current?.status === 'normal') return current;
    const [first] = await this.memberships.listNormal(accountId);
    if (!first) throw new WorkspaceArchivedError();
    return this.switchTo(first.id, accountId);
  }

  /** Memberships in workspaces that are not archived, oldest first. */
  listOf(accountId: string): Promise<MembershipView[]> {
    return this.memberships.listNormal(accountId);
  }

  /** The membership of an account in one workspace; null when it has none. */
  find(tenantId: string, accountId: string, tx?: Tx): Promise<MembershipView | null> {
    return this.memberships.find(tenantId, accountId, tx);
  }

  /** Account id of the owner of a workspace; null when it has none. */
  ownerIdOf(tenantId: string, tx?: Tx): Promise<string | null> {
    return this.memberships.findOwnerId(tenantId, tx);
  }

  /** Who comes next should the owner go: the other members, by rank and then by how long they have belonged to the workspace. */
  successorsOf(tenantId: string, ownerId: string): Promise<string[]> {
    return this.memberships.listOthers(tenantId, ownerId);
  }

  /** Gives a member another role. */
  changeRole(tenantId: string, accountId: string, role: Role): Promise<void> {
    return this.memberships.updateRole(tenantId, accountId, role);
  }

  /** Takes an account out of all its workspaces. */
  removeAllOf(accountId: string, tx: Tx): Promise<void> {
    return this.memberships.deleteAllOf(accountId, tx);
  }

  /** Makes another workspace the current one. Throws `NotAMemberError` (403), also for an archived workspace. */
  async switchTo(tenantId: string, accountId: string): Promise<MembershipView> {
    const target = isUuid(tenantId) ? await this.memberships.find(tenantId, accountId) : null;
    if (target?.status !== 'normal') throw new NotAMemberError();
    await this.memberships.setCurrent(target.id, accountId);
    return { ...target, current: true };
  }

  /** Flags a membership as the account's current one and no other. */
  async makeCurrent(tenantId: string, accountId: string, tx?: Tx): Promise<void> {
    await this.memberships.setCurrent(tenantId, accountId, tx);
  }
}
