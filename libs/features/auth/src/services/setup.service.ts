import { Injectable } from '@nestjs/common';
import { AccountPasswords, AccountService, interfaceLanguageOr } from '#features/accounts';
import { WorkspaceService } from '#features/workspaces';
import { Transactions } from '#platform/database';
import { COMPATIBLE_VERSION } from '#platform/http';
import { AlreadySetUpError } from '../auth.errors.js';
import { SetupRepository } from '../repositories/setup.repository.js';
import { SetupParticipants } from './setup-participants.js';

/** The first account. */
export interface SetupRequest {
  email: string;
  name: string;
  password: string;
  /** An unknown one is `en-US`. */
  language: string | null;
}

/** The first set-up: account, workspace, key pair, and the note of it (contract console-accounts 3.1). */
@Injectable()
export class SetupService {
  private finished = false;

  constructor(
    private readonly setups: SetupRepository,
    private readonly accounts: AccountService,
    private readonly passwords: AccountPasswords,
    private readonly workspaces: WorkspaceService,
    private readonly participants: SetupParticipants,
    private readonly transactions: Transactions,
  ) {}

  /** When the installation was set up; null before. */
  findTime(): Promise<Date | null> {
    return this.setups.findTime();
  }

  /** Whether the installation is set up; asked with every request, so a yes is remembered. */
  async isFinished(): Promise<boolean> {
    this.finished ||= (await this.setups.findTime()) !== null;
    return this.finished;
  }

  /** Whether it can't be set up any more: done, or a person has a workspace. */
  async isClosed(): Promise<boolean> {
    return (await this.isFinished()) || this.workspaces.existsOfPeople();
  }

  /** Sets up, once: of two callers at the same time one gets `AlreadySetUpError` (403). Nothing stays of a set-up that fails. */
  async run(request: SetupRequest): Promise<void> {
    if (await this.isClosed()) throw new AlreadySetUpError();
    const passwordHash = await this.passwords.hashNew(request.password);
    const workspace = await this.workspaces.prepare();
    try {
      await this.transactions.run(async (tx) => {
        if (!(await this.setups.insert(COMPATIBLE_VERSION, tx)) || (await this.workspaces.existsOfPeople(tx)))
          throw new AlreadySetUpError();
        const account = await this.accounts.create(
          { email: request.email, name: request.name, passwordHash, language: interfaceLanguageOr(request.language) },
          tx,
        );
        await this.workspaces.create(workspace, { name: `${request.name}'s Workspace`, ownerId: account.id }, tx);
        await this.participants.run({ accountId: account.id, tenantId: workspace.id }, tx);
      });
    } catch (error) {
      await this.workspaces.abandon(workspace);
      throw error;
    }
  }
}
