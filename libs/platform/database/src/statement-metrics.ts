import { Injectable, Optional } from '@nestjs/common';
import { Metrics } from '#platform/telemetry';
import { StatementCounter } from './statement-counter.js';

/** Shows the number of SQL statements at `/metrics`; the bench divides it by chats. */
@Injectable()
export class StatementMetrics {
  constructor(counter: StatementCounter, @Optional() metrics?: Metrics) {
    if (!metrics?.enabled) return;
    metrics.gauge({ name: 'baya_sql_statements_total', help: 'SQL statements this process has sent since its start' }, (gauge) => gauge.set(counter.statements));
  }
}
