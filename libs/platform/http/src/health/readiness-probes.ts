import { Injectable } from '@nestjs/common';
import { HttpConfig } from '#platform/config';
import { AppLogger } from '#platform/telemetry';

/** Resolves when a dependency can be used, rejects when not. */
export type ReadinessProbe = () => Promise<unknown>;

/** What one dependency answered. */
export interface ProbeResult {
  name: string;
  ok: boolean;
  /** How long the answer took. Unit: milliseconds. */
  ms: number;
}

/** Registry of the dependencies that make up readiness; each platform area adds its own at module init. */
@Injectable()
export class ReadinessProbes {
  private readonly probes = new Map<string, ReadinessProbe>();
  private running: Promise<ProbeResult[]> | null = null;
  private readonly log: AppLogger;

  constructor(
    private readonly config: HttpConfig,
    logger: AppLogger,
  ) {
    this.log = logger.scoped('readiness');
  }

  /** Adds a dependency, such as `database`. A name can be taken once. */
  register(name: string, probe: ReadinessProbe): void {
    if (this.probes.has(name)) throw new Error(`Two readiness probes are named ${name}.`);
    this.probes.set(name, probe);
  }

  /** Asks all dependencies; callers at the same time share one round. */
  check(): Promise<ProbeResult[]> {
    this.running ??= Promise.all([...this.probes].map(([name, probe]) => this.ask(name, probe))).finally(() => (this.running = null));
    return this.running;
  }

  private async ask(name: string, probe: ReadinessProbe): Promise<ProbeResult> {
    const begin = performance.now();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer within ${this.config.readinessTimeoutMs} ms`)), this.config.readinessTimeoutMs);
    });
    try {
      await Promise.race([probe(), late]);
      return { name, ok: true, ms: Math.round(performance.now() - begin) };
    } catch (error) {
      this.log.warn('dependency not ready', { dependency: name, error });
      return { name, ok: false, ms: Math.round(performance.now() - begin) };
    } finally {
      clearTimeout(timer);
    }
  }
}
