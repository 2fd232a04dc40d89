import { Injectable, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { AccountService } from '#features/accounts';
import { ApiKeyService, AppCreationService, AppService } from '#features/apps';
import { SetupParticipants } from '#features/auth';
import { MembershipService, WorkspaceService } from '#features/workspaces';
import { DatabaseConfig, ServerConfig } from '#platform/config';
import { Transactions } from '#platform/database';

/** What a first visitor needs. */
export interface DemoAccess {
  tenantId: string;
  appId: string;
  /** API key of the demo app. */
  key: string;
}

const EMAIL = 'demo@baya.invalid';
const MODEL = { provider: 'baya/builtin/builtin', name: 'echo-1', mode: 'chat', completion_params: {} };
const OPENING = 'Hello! I am the demo app of Baya. My model is a deterministic test model: ask me anything and watch the events.';

/**
 * The demo workspace of the embedded start: a chat app on the built-in test model, with a key. It belongs to a locked system
 * account and does not count as set up; who sets the installation up becomes a member of it.
 */
@Injectable()
export class DemoService implements OnModuleInit, OnApplicationBootstrap {
  private access: DemoAccess | null = null;

  constructor(
    private readonly accounts: AccountService,
    private readonly workspaces: WorkspaceService,
    private readonly memberships: MembershipService,
    private readonly apps: AppService,
    private readonly creation: AppCreationService,
    private readonly keys: ApiKeyService,
    private readonly participants: SetupParticipants,
    private readonly transactions: Transactions,
    private readonly database: DatabaseConfig,
    private readonly server: ServerConfig,
  ) {}

  onModuleInit(): void {
    this.participants.register({
      onSetup: async ({ accountId }, tx) => {
        if (this.access) await this.memberships.add({ tenantId: this.access.tenantId, accountId, role: 'editor' }, tx);
      },
    });
  }

  async onApplicationBootstrap(): Promise<void> {
    if (this.server.demo && !this.database.isExternal) this.access = await this.ensure();
  }

  /** The demo app and its key; null where there is no demo. */
  describe(): DemoAccess | null {
    return this.access;
  }

  private async ensure(): Promise<DemoAccess> {
    const tenantId = (await this.findWorkspace()) ?? (await this.createWorkspace());
    const { items } = await this.apps.list(tenantId, { page: 1, limit: 1, mode: 'chat' });
    const appId = items[0]?.app.id ?? (await this.createApp(tenantId));
    const [key] = await this.keys.list(tenantId, appId);
    return { tenantId, appId, key: key?.token ?? (await this.keys.create(tenantId, appId)).token };
  }

  private async findWorkspace(): Promise<string | null> {
    const owner = await this.accounts.findByEmail(EMAIL);
    if (!owner) return null;
    return (await this.memberships.listOf(owner.id))[0]?.id ?? null;
  }

  private async createWorkspace(): Promise<string> {
    const prepared = await this.workspaces.prepare();
    try {
      await this.transactions.run(async (tx) => {
        const owner = await this.accounts.createLocked({ email: EMAIL, name: 'Baya' }, tx);
        await this.workspaces.create(prepared, { name: 'Demo', ownerId: owner.id, isSystem: true }, tx);
      });
    } catch (error) {
      await this.workspaces.abandon(prepared);
      throw error;
    }
    return prepared.id;
  }

  private async createApp(tenantId: string): Promise<string> {
    const config = {
      model: MODEL,
      prompt_type: 'simple',
      pre_prompt: '',
      opening_statement: OPENING,
      suggested_questions: ['What can you do?', 'What is a stream?'],
    };
    const actor = { tenantId, accountId: null };
    const app = {
      name: 'Demo chat',
      mode: 'chat' as const,
      description: 'Chats with the built-in test model',
      iconType: 'emoji' as const,
      icon: '🐦',
      iconBackground: '#FFEAD5',
    };
    return (await this.creation.create(actor, { ...app, config })).app.id;
  }
}
