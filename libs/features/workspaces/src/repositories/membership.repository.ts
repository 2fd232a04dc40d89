import { Injectable } from '@nestjs/common';
import { Entities, Sql, type Tx } from '#platform/database';
import type { Role } from '#platform/http';
import { TenantAccountJoinEntity } from '../entities/tenant-account-join.entity.js';
import type { Workspace } from '../workspace.js';
import type { WorkspaceStatus } from '../workspace-status.js';

/** One of an account's workspaces. */
export interface MembershipView extends Workspace {
  role: Role;
  current: boolean;
}

interface MembershipRow {
  id: string;
  name: string;
  plan: string;
  status: WorkspaceStatus;
  custom_config: string | null;
  created_at: Date;
  role: Role;
  current: boolean;
}

const VIEW = `t.id, t.name, t.plan, t.status, t.custom_config, t.created_at, j.role, j.current from tenant_account_joins j join tenants t on t.id = j.tenant_id`;

/** Rows of `tenant_account_joins`. */
@Injectable()
export class MembershipRepository {
  constructor(
    private readonly entities: Entities,
    private readonly sql: Sql,
  ) {}

  async insert(membership: TenantAccountJoinEntity, tx?: Tx): Promise<void> {
    await this.entities.of(TenantAccountJoinEntity, tx).insert(membership);
  }

  /** Accounts of a workspace beside its owner, by rank and then by how long they have belonged to it. */
  async listOthers(tenantId: string, ownerId: string): Promise<string[]> {
    const rows = await this.sql.rows<{ account_id: string }>(
      `select account_id from tenant_account_joins where tenant_id = $1 and account_id <> $2
       order by array_position(array['owner', 'admin', 'editor', 'normal', 'dataset_operator'], role::text), id`,
      [tenantId, ownerId],
    );
    return rows.map((row) => row.account_id);
  }

  async updateRole(tenantId: string, accountId: string, role: Role): Promise<void> {
    await this.entities.of(TenantAccountJoinEntity).update({ tenantId, accountId }, { role, updatedAt: new Date() });
  }

  /** Takes an account out of all its workspaces. */
  async deleteAllOf(accountId: string, tx: Tx): Promise<void> {
    await this.entities.of(TenantAccountJoinEntity, tx).delete({ accountId });
  }

  /** Takes all members out of a workspace. */
  async deleteAll(tenantId: string, tx: Tx): Promise<void> {
    await this.entities.of(TenantAccountJoinEntity, tx).delete({ tenantId });
  }

  /** The membership flagged current, else the first by id; null without any. */
  async findCurrent(accountId: string, tx?: Tx): Promise<MembershipView | null> {
    const row = await this.sql.row<MembershipRow>(
      `select ${VIEW} where j.account_id = $1 order by j.current desc, j.id limit 1`,
      [accountId],
      tx,
    );
    return row && viewOf(row);
  }

  /** Memberships in workspaces that are not archived, oldest first. */
  async listNormal(accountId: string, tx?: Tx): Promise<MembershipView[]> {
    const rows = await this.sql.rows<MembershipRow>(
      `select ${VIEW} where j.account_id = $1 and t.status = 'normal' order by j.id`,
      [accountId],
      tx,
    );
    return rows.map(viewOf);
  }

  /** Id and role of the owner of a workspace. */
  async findOwnerId(tenantId: string, tx?: Tx): Promise<string | null> {
    const row = await this.sql.row<{ account_id: string }>(
      `select account_id from tenant_account_joins where tenant_id = $1 and role = 'owner' order by id limit 1`,
      [tenantId],
      tx,
    );
    return row?.account_id ?? null;
  }

  /** The membership of an account in one workspace. */
  async find(tenantId: string, accountId: string, tx?: Tx): Promise<MembershipView | null> {
    const row = await this.sql.row<MembershipRow>(`select ${VIEW} where j.tenant_id = $1 and j.account_id = $2`, [tenantId, accountId], tx);
    return row && viewOf(row);
  }

  /**
   * Makes one membership the current one and all others of the account not, in one statement. All rows are locked in one order and written,
   * changed or not: what a switch at the same time has done is not in our snapshot, and two would stay current.
   */
  async setCurrent(tenantId: string, accountId: string, tx?: Tx): Promise<void> {
    await this.sql.run(
      `update tenant_account_joins j set current = (j.tenant_id = $1),
         updated_at = case when j.current = (j.tenant_id = $1) then j.updated_at else $3 end
       from (select id from tenant_account_joins where account_id = $2 order by id for update) locked where j.id = locked.id`,
      [tenantId, accountId, new Date()],
      tx,
    );
  }
}

function viewOf(row: MembershipRow): MembershipView {
  return {
    id: row.id,
    name: row.name,
    plan: row.plan,
    status: row.status,
    customConfig: row.custom_config,
    createdAt: row.created_at,
    role: row.role,
    current: row.current,
  };
}
