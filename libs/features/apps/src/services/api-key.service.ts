import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { randomCode, uuidv7 } from '#common';
import { Cache } from '#platform/bus';
import { Transactions } from '#platform/database';
import { AppSecrets } from '#platform/secrets';
import { ApiKeyNotFoundError, KeyOwnerNotFoundError, TooManyApiKeysError } from '../apps.errors.js';
import { ApiTokenEntity } from '../entities/api-token.entity.js';
import { ApiKeyRepository, type KeyOwner } from '../repositories/api-key.repository.js';
import { AppRepository } from '../repositories/app.repository.js';

/** Cache area of look-ups by key hash. */
export const KEY_CACHE = 'app-key';

const PREFIX = 'app-';
const RANDOM_LENGTH = 24;
const MAX_KEYS = 10;
const TOUCH_PERIOD_MS = 30_000;

/** A key with its text, for the list routes. */
export interface ShownApiKey {
  id: string;
  token: string;
  lastUsedAt: Date | null;
  createdAt: Date;
}

/** API keys of apps (contract console-accounts 10.1). */
@Injectable()
export class ApiKeyService implements OnApplicationShutdown {
  private readonly logger = new Logger(ApiKeyService.name);
  private readonly used = new Map<string, Date>();
  private flushing: NodeJS.Timeout | undefined;

  constructor(
    private readonly keys: ApiKeyRepository,
    private readonly apps: AppRepository,
    private readonly secrets: AppSecrets,
    private readonly transactions: Transactions,
    private readonly cache: Cache,
  ) {}

  /** All keys of an app with their texts. Throws 404 when there is no such app. */
  async list(tenantId: string, appId: string): Promise<ShownApiKey[]> {
    await this.checkApp(tenantId, appId);
    return (await this.keys.list(tenantId, appId)).map((key) => this.shown(key));
  }

  /** Makes a key. Throws 400 when the app has ten. */
  async create(tenantId: string, appId: string): Promise<ShownApiKey> {
    await this.checkApp(tenantId, appId);
    const token = PREFIX + randomCode(RANDOM_LENGTH);
    const id = uuidv7();
    const row = Object.assign(new ApiTokenEntity(), {
      id,
      tenantId,
      appId,
      type: 'app',
      tokenHash: this.secrets.hmac(token),
      tokenSealed: this.secrets.seal(token, id),
      lastUsedAt: null,
      createdAt: new Date(),
    });
    await this.transactions.run(async (tx) => {
      if ((await this.keys.countForUpdate(tenantId, appId, tx)) >= MAX_KEYS) throw new TooManyApiKeysError(MAX_KEYS);
      await this.keys.insert(row, tx);
      // Somebody may have tried the key before it existed.
      this.transactions.afterCommit(tx, () => this.cache.invalidate(KEY_CACHE, row.tokenHash));
    });
    return { id, token, lastUsedAt: null, createdAt: row.createdAt };
  }

  /** Removes a key; every process refuses it within a second. Throws 404. */
  async delete(tenantId: string, appId: string, keyId: string): Promise<void> {
    await this.checkApp(tenantId, appId);
    const key = await this.keys.find(tenantId, appId, keyId);
    if (!key) throw new ApiKeyNotFoundError();
    await this.transactions.run(async (tx) => {
      await this.keys.delete(tenantId, key.id, tx);
      this.transactions.afterCommit(tx, () => this.cache.invalidate(KEY_CACHE, key.tokenHash));
    });
  }

  /** The app that a key opens, from memory when it was used lately; null for an unknown key. */
  async findOwner(token: string): Promise<KeyOwner | null> {
    const hash = this.secrets.hmac(token);
    const owner = await this.cache.get(KEY_CACHE, hash, () => this.keys.findOwner(hash));
    if (owner) this.noteUse(owner.keyId);
    return owner;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.flushUses();
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

  private async checkApp(tenantId: string, appId: string): Promise<void> {
    if (!(await this.apps.find(tenantId, appId))) throw new KeyOwnerNotFoundError();
  }

  private shown(key: ApiTokenEntity): ShownApiKey {
    return { id: key.id, token: this.secrets.open(key.tokenSealed, key.id), lastUsedAt: key.lastUsedAt, createdAt: key.createdAt };
  }
}
