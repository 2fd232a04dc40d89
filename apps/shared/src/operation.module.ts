import { Module, type OnModuleInit } from '@nestjs/common';
import { RedisHealth } from '#platform/bus';
import { DatabaseHealth, DatabaseUnavailableError, StatementCounter } from '#platform/database';
import { ReadinessProbes } from '#platform/http';
import { Metrics } from '#platform/telemetry';

/** Ties what the platform's parts know of themselves to /ready and /metrics. */
@Module({})
export class OperationModule implements OnModuleInit {
  constructor(
    private readonly probes: ReadinessProbes,
    private readonly metrics: Metrics,
    private readonly database: DatabaseHealth,
    private readonly redis: RedisHealth,
    private readonly statements: StatementCounter,
  ) {}

  onModuleInit(): void {
    this.probes.register('database', async () => {
      const { isUp, problem } = await this.database.check();
      if (!isUp) throw new DatabaseUnavailableError(new Error(problem));
    });
    if (this.redis.isConfigured) this.probes.register('redis', () => this.redis.check());
    this.metrics.gauge({ name: 'baya_sql_statements_total', help: 'SQL statements sent by this process' }, (gauge) =>
      gauge.set(this.statements.statements),
    );
  }
}
