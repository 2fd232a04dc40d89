import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { randomCode, uuidv7 } from '#common';
import { WorkspaceService } from '#features/workspaces';
import { Cache } from '#platform/bus';
import { Transactions, type Tx } from '#platform/database';
import { AppSecrets } from '#platform/secrets';
import { ApiKeyNotFoundError, KeyOwnerNotFoundError, TooManyApiKeysError } from '../apps.errors.js';
import { ApiTokenEntity } from '../entities/api-token.entity.js';
import { ApiKeyRepository, type KeyOwner } from '../repositories/api-key.repository.js';
import { AppRepository } from '../repositories/app.repository.js';

/** Cache area of look-ups by key hash. */
export const KEY_CACHE = 'app-key';

const RANDOM_LENGTH = 24;
const MAX_KEYS = 10;
const TOUCH_PERIOD_MS = 30_000;
/** Hashes of tokens that are kept in memory, the oldest go first. */
const MAX_HASHES = 1000;

/** What a key opens: an app, or the knowledge of the whole workspace where no app is named. */
export type KeyType = 'app' | 'dataset';

/** A key with its text, for the list routes. */
export interface ShownApiKey {
  id: string;
  type: KeyType;
  token: string;
  lastUsedAt: Date | null;
  createdAt: Date;
}

/**
 * API keys of apps and of a workspace's knowledge (contract console-accounts 10.1). `appId` null stands for the knowledge: its
 * keys open all datasets of the workspace.
 */
@Injectable()
export class ApiKeyService implements OnApplicationShutdown {
  private readonly logger = new Logger(ApiKeyService.name);
  private readonly used = new Map<string, Date>();
  private readonly hashes = new Map<string, string>();
  private flushing: NodeJS.Timeout | undefined;

  constructor(
    private readonly keys: ApiKeyRepository,
    private readonly apps: AppRepository,
    private readonly workspaces: WorkspaceService,
    private readonly secrets: AppSecrets,
    private readonly transactions: Transactions,
    private readonly cache: Cache,
  ) {}

  /** All keys with their texts. Throws 404 when there is no such app. */
  async list(tenantId: string, appId: string | null): Promise<ShownApiKey[]> {
    await this.checkApp(tenantId, appId);
    return (await this.keys.list(tenantId, appId)).map((key) => this.shown(key));
  }

  /** Makes a key. Throws 400 when there are ten. */
  async create(tenantId: string, appId: string | null): Promise<ShownApiKey> {
    await this.checkApp(tenantId, appId);
    const type = typeOf(appId);
    const token = `${type}-${randomCode(RANDOM_LENGTH)}`;
    const id = uuidv7();
    const row = Object.assign(new ApiTokenEntity(), {
      id,
      tenantId,
      appId,
      type,
      tokenHash: this.secrets.hmac(token),
      tokenSealed: this.secrets.seal(token, id),
      lastUsedAt: null,
      createdAt: new Date(),
    });
    await this.transactions.run(async (tx) => {
      await this.lock(tenantId, appId, tx);
      // A statement of its own: it sees what was committed while this one waited for the lock.
      if ((await this.keys.count(tenantId, appId, tx)) >= MAX_KEYS) throw new TooManyApiKeysError(MAX_KEYS);
      await this.keys.insert(row, tx);
      // Somebody may have tried the key before it existed.
      this.transactions.afterCommit(tx, () => this.cache.invalidate(KEY_CACHE, row.tokenHash));
    });
    return { id, type, token, lastUsedAt: null, createdAt: row.createdAt };
  }

  /** Removes a key; every process refuses it within a second. Throws 404. */
  async delete(tenantId: string, appId: string | null, keyId: string): Promise<void> {
    await this.checkApp(tenantId, appId);
    const key = await this.keys.find(tenantId, appId, keyId);
    if (!key) throw new ApiKeyNotFoundError();
    await this.transactions.run(async (tx) => {
      await this.keys.delete(tenantId, key.id, tx);
      this.transactions.afterCommit(tx, () => this.cache.invalidate(KEY_CACHE, key.tokenHash));
    });
  }

  /** What a key opens, from memory when it was used lately; null for an unknown key. */
  async findOwner(token: string): Promise<KeyOwner | null> {
    const hash = this.hashOf(token);
    const owner = await this.cache.get(KEY_CACHE, hash, () => this.keys.findOwner(hash));
    if (owner) this.noteUse(owner.keyId);
    return owner;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.flushUses();
  }

  private hashOf(token: string): string {
    let hash = this.hashes.get(token);
    if (hash !== undefined) return hash;
    hash = this.secrets.hmac(token);
    this.hashes.set(token, hash);
    for (const oldest of this.hashes.keys()) {
      if (this.hashes.size <= MAX_HASHES) break;
      this.hashes.delete(oldest);
    }
    return hash;
  }

  /** Uses are written in batches: one statement half a minute at most. */
  private noteUse(keyId: string): void {
    this.used.set(keyId, new Date());
    this.flushing ??= setTimeout(() => void this.flushUses(), TOUCH_PERIOD_MS).unref();
  }

  private async flushUses(): Promise<void> {
    clearTimeout(this.flushing);
    this.flushing = undefined;
    if (this.used.size === 0) return;
    const uses = [...this.used];
    this.used.clear();
    try {
      await this.keys.touch(
        uses.map(([id]) => id),
        uses.map(([, at]) => at),
      );
    } catch (error) {
      this.logger.warn({ msg: 'the last use of API keys could not be noted', err: error });
    }
  }

  /** Keeps others from adding keys to the same owner until the transaction ends. */
  private async lock(tenantId: string, appId: string | null, tx: Tx): Promise<void> {
    await (appId === null ? this.workspaces.lock(tenantId, tx) : this.apps.lock(tenantId, appId, tx));
  }

  private async checkApp(tenantId: string, appId: string | null): Promise<void> {
    if (appId !== null && !(await this.apps.find(tenantId, appId))) throw new KeyOwnerNotFoundError();
  }

  private shown(key: ApiTokenEntity): ShownApiKey {
    const { id, appId, tokenSealed, lastUsedAt, createdAt } = key;
    return { id, type: typeOf(appId), token: this.secrets.open(tokenSealed, id), lastUsedAt, createdAt };
  }
}

function typeOf(appId: string | null): KeyType {
  return appId === null ? 'dataset' : 'app';
}
