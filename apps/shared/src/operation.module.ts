import { Module, type OnModuleInit } from '@nestjs/common';
import { RedisHealth } from '#platform/bus';
import { MailConfig } from '#platform/config';
import { DatabaseHealth, DatabaseUnavailableError, RunWriter, StatementCounter } from '#platform/database';
import { ReadinessProbes } from '#platform/http';
import { Mailer } from '#platform/mail';
import { Metrics } from '#platform/telemetry';

/** A mail server is not a load balancer's to ask every few seconds. Unit: milliseconds. */
const MAIL_CHECK_MS = 60_000;

/** Ties what the platform's parts know of themselves to /ready and /metrics. */
@Module({})
export class OperationModule implements OnModuleInit {
  constructor(
    private readonly probes: ReadinessProbes,
    private readonly metrics: Metrics,
    private readonly database: DatabaseHealth,
    private readonly redis: RedisHealth,
    private readonly statements: StatementCounter,
    private readonly writer: RunWriter,
    private readonly mailer: Mailer,
    private readonly mail: MailConfig,
  ) {}

  onModuleInit(): void {
    this.probes.register('database', async () => {
      const { isUp, problem } = await this.database.check();
      if (!isUp) throw new DatabaseUnavailableError(new Error(problem));
    });
    if (this.redis.isConfigured) this.probes.register('redis', () => this.redis.check());
    if (this.mail.usesSmtp)
      this.probes.register(
        'mail',
        rarely(MAIL_CHECK_MS, () => this.mailer.check()),
        { isRequired: false },
      );
    this.metrics.gauge({ name: 'baya_sql_statements_total', help: 'SQL statements sent by this process' }, (gauge) =>
      gauge.set(this.statements.statements),
    );
    this.metrics.gauge({ name: 'baya_writer_queued_rows', help: 'Rows of runs that wait to be written.' }, (gauge) =>
      gauge.set(this.writer.stats.queuedRows),
    );
  }
}

/** Asks again only when the last answer is old enough. */
function rarely(everyMs: number, ask: () => Promise<void>): () => Promise<void> {
  let askedAt = Number.NEGATIVE_INFINITY;
  let answer = Promise.resolve();
  return () => {
    if (performance.now() - askedAt >= everyMs) {
      askedAt = performance.now();
      answer = ask();
      answer.catch(() => undefined);
    }
    return answer;
  };
}
