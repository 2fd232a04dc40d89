import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { DatabaseConfig, RedisConfig, RunsConfig } from '#platform/config';
import { ProcessInstanceRepository } from '../repositories/process-instance.repository.js';
import { SecondProcessWithoutRedisError } from '../runs.errors.js';
import { ProcessHeartbeat } from './process-heartbeat.js';

const LOOK_MS = 250;

/** Refuses to be the second process on a PostgreSQL without a Redis through which both could speak. */
@Injectable()
export class SingleProcessCheck {
  constructor(
    private readonly instances: ProcessInstanceRepository,
    private readonly heartbeat: ProcessHeartbeat,
    private readonly config: RunsConfig,
    private readonly database: DatabaseConfig,
    private readonly redis: RedisConfig,
  ) {}

  /**
   * Resolves once no other process lives. One that was killed a moment ago is waited for, at most one lease; one that renews its
   * heartbeat lives. The embedded database has a lock of its own. Throws {@link SecondProcessWithoutRedisError}.
   */
  async assertAlone(): Promise<void> {
    if (!this.database.isExternal || this.redis.isConfigured) return;
    const firstBeats = new Map<string, string>();
    for (;;) {
      const others = (await this.instances.listOthersAlive(this.heartbeat.id, this.config.leaseSeconds)).filter(
        (other) => !this.hasEnded(other),
      );
      const renewed = others.find((other) => other.beat !== (firstBeats.get(other.id) ?? other.beat));
      if (renewed) throw new SecondProcessWithoutRedisError(renewed);
      if (others.length === 0) return;
      for (const other of others) if (!firstBeats.has(other.id)) firstBeats.set(other.id, other.beat);
      await sleep(LOOK_MS);
    }
  }

  /** On the same machine the system knows. A number that lives may be another process by now, so only its absence counts. */
  private hasEnded(other: { host: string; pid: number }): boolean {
    if (other.host !== this.heartbeat.host) return false;
    try {
      process.kill(other.pid, 0);
      return false;
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === 'ESRCH';
    }
  }
}
