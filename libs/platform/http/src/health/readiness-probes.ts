import { Injectable } from '@nestjs/common';
import { HttpConfig } from '#platform/config';
import { AppLogger } from '#platform/telemetry';

/** Resolves when a dependency can be used, rejects when not. */
export type ReadinessProbe = () => Promise<unknown>;

/** What one dependency answered. */
export interface ProbeResult {
  name: string;
  ok: boolean;
  /** Whether the process can't do its work without it. */
  isRequired: boolean;
  /** How long the answer took. Unit: milliseconds. */
  ms: number;
}

/** How a dependency counts. */
export interface ProbeOptions {
  /** Whether the process is unready without it; others are reported only. Default true. */
  isRequired?: boolean;
}

/** Registry of the dependencies that make up readiness; each platform area adds its own at module init. */
@Injectable()
export class ReadinessProbes {
  private readonly probes = new Map<string, { probe: ReadinessProbe; isRequired: boolean }>();
  private running: Promise<ProbeResult[]> | null = null;
  private readonly log: AppLogger;

  constructor(
    private readonly config: HttpConfig,
    logger: AppLogger,
  ) {
    this.log = logger.scoped('readiness');
  }

  /** Adds a dependency, such as `database`. A name can be taken once. */
  register(name: string, probe: ReadinessProbe, { isRequired = true }: ProbeOptions = {}): void {
    if (this.probes.has(name)) throw new Error(`Two readiness probes are named ${name}.`);
    this.probes.set(name, { probe, isRequired });
  }

  /** Asks all dependencies; callers at the same time share one round. */
  check(): Promise<ProbeResult[]> {
    this.running ??= Promise.all(
      [...this.probes].map(async ([name, { probe, isRequired }]) => ({ name, isRequired, ...(await this.ask(name, probe)) })),
    ).finally(() => (this.running = null));
    return this.running;
  }

  private async ask(name: string, probe: ReadinessProbe): Promise<Pick<ProbeResult, 'ok' | 'ms'>> {
    const begin = performance.now();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer within ${this.config.readinessTimeoutMs} ms`)), this.config.readinessTimeoutMs);
    });
    try {
      await Promise.race([probe(), late]);
      return { ok: true, ms: Math.round(performance.now() - begin) };
    } catch (error) {
      this.log.warn('dependency not ready', { dependency: name, error });
      return { ok: false, ms: Math.round(performance.now() - begin) };
    } finally {
      clearTimeout(timer);
    }
  }
}
