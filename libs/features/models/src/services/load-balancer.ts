import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { isJsonObject } from '#common';
import { InvokeAuthorizationError, InvokeConnectionError, InvokeRateLimitError } from '#engines/model-runtime';
import type { ModelType } from '#engines/model-runtime';
import { Bus } from '#platform/bus';
import { EditionConfig } from '#platform/config';
import { INHERITED_ENTRY } from '../models.constants.js';
import { addedModel, balancingOf, settingOf, type BalancingEntry, type ProviderConfiguration } from '../provider-configuration.js';

const CHANNEL = 'models.cooldown';
const RATE_LIMIT_COOLDOWN_MS = 60_000;
const FAILURE_COOLDOWN_MS = 10_000;
const MAX_REMEMBERED = 10_000;

/** Entries that have something to call the model with: enabled, and for the inherited one a credential in use. */
export function usableEntries(
  entries: readonly BalancingEntry[],
  configuration: ProviderConfiguration,
  model: { model: string; modelType: ModelType },
): BalancingEntry[] {
  const inUse = addedModel(configuration, model.model, model.modelType)?.credential ?? configuration.credential;
  return entries.filter((entry) => entry.enabled && (entry.name === INHERITED_ENTRY ? inUse !== null : entry.encryptedConfig !== null));
}

/**
 * Takes turns among the credentials of a model. Turns are counted in each process; what cools down is told to all over the bus, so that a call
 * needs neither the database nor Redis (contract models-agents-tools 3).
 */
@Injectable()
export class LoadBalancer implements OnModuleInit {
  private readonly logger = new Logger('models');
  private readonly turns = new Map<string, number>();
  private readonly coolUntil = new Map<string, number>();

  constructor(
    private readonly bus: Bus,
    private readonly edition: EditionConfig,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.bus.subscribe(CHANNEL, (message) => this.received(message));
  }

  /** Entries to try, the one whose turn it is first, without those that cool down; null when the model is not balanced. */
  order(tenantId: string, configuration: ProviderConfiguration, model: { model: string; modelType: ModelType }): BalancingEntry[] | null {
    if (!this.edition.modelLoadBalancing || !settingOf(configuration, model.model, model.modelType).loadBalancingEnabled) return null;
    const entries = usableEntries(balancingOf(configuration, model.model, model.modelType), configuration, model);
    if (entries.length < 2) return null;
    const key = `${tenantId}:${configuration.provider}:${model.modelType}:${model.model}`;
    const turn = this.turns.get(key) ?? 0;
    remember(this.turns, key, turn + 1);
    const start = turn % entries.length;
    return [...entries.slice(start), ...entries.slice(0, start)].filter((entry) => this.secondsLeft(entry.id) === 0);
  }

  /** Lets an entry cool down after an error that another entry may not have. Answers whether the next one should be tried. */
  async failed(entry: BalancingEntry, error: unknown): Promise<boolean> {
    const duration = cooldownFor(error);
    if (duration === 0) return false;
    const until = Date.now() + duration;
    remember(this.coolUntil, entry.id, until);
    try {
      await this.bus.publish(CHANNEL, { entry: entry.id, until });
    } catch (busError) {
      this.logger.warn('other processes do not know that a credential cools down', { error: busError });
    }
    return true;
  }

  /** How long an entry is still left out; 0: it is not. Unit: whole seconds. */
  secondsLeft(entryId: string): number {
    const until = this.coolUntil.get(entryId);
    if (until === undefined) return 0;
    const left = Math.ceil((until - Date.now()) / 1000);
    if (left > 0) return left;
    this.coolUntil.delete(entryId);
    return 0;
  }

  private received(message: unknown): void {
    if (isJsonObject(message) && typeof message.entry === 'string' && typeof message.until === 'number') {
      remember(this.coolUntil, message.entry, message.until);
    }
  }
}

function cooldownFor(error: unknown): number {
  if (error instanceof InvokeRateLimitError) return RATE_LIMIT_COOLDOWN_MS;
  return error instanceof InvokeAuthorizationError || error instanceof InvokeConnectionError ? FAILURE_COOLDOWN_MS : 0;
}

function remember(map: Map<string, number>, key: string, value: number): void {
  map.delete(key);
  map.set(key, value);
  const oldest = map.size > MAX_REMEMBERED ? map.keys().next() : undefined;
  if (oldest && !oldest.done) map.delete(oldest.value);
}
