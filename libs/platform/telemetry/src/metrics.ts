import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { TelemetryConfig } from '#platform/config';

/** A metric: its name starts with `baya_`, labels are names of ours only (routes, methods, queues), never user data. */
export interface MetricOptions<L extends string> {
  name: string;
  help: string;
  labels?: readonly L[];
  /** Upper bounds of a histogram. Unit: that of the metric. */
  buckets?: readonly number[];
}

/** The metrics of this process in the Prometheus text format. */
@Injectable()
export class Metrics {
  /** Whether anybody can read them; measuring may be left out otherwise. */
  readonly enabled: boolean;
  private readonly registry = new Registry();
  private hasDefaults = false;

  constructor(config: TelemetryConfig) {
    this.enabled = config.metricsPort !== 0 || config.metricsToken !== undefined;
  }

  counter<L extends string>({ name, help, labels = [] }: MetricOptions<L>): Counter<L> {
    return new Counter<L>({ name, help, labelNames: labels, registers: [this.registry] });
  }

  /** A value that goes up and down; `collect` sets it when it is read. */
  gauge<L extends string>({ name, help, labels = [] }: MetricOptions<L>, collect?: (gauge: Gauge<L>) => void): Gauge<L> {
    const gauge: Gauge<L> = new Gauge<L>({
      name,
      help,
      labelNames: labels,
      registers: [this.registry],
      ...(collect && { collect: () => collect(gauge) }),
    });
    return gauge;
  }

  histogram<L extends string>({ name, help, labels = [], buckets }: MetricOptions<L>): Histogram<L> {
    return new Histogram<L>({ name, help, labelNames: labels, registers: [this.registry], ...(buckets && { buckets: [...buckets] }) });
  }

  /** Value of the Content-Type header. */
  get contentType(): string {
    return this.registry.contentType;
  }

  /** All metrics as text. */
  async text(): Promise<string> {
    if (!this.hasDefaults) {
      this.hasDefaults = true;
      collectDefaultMetrics({ register: this.registry });
    }
    return this.registry.metrics();
  }
}
