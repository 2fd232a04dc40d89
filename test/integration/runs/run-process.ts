/** A process that executes dummy runs: they are open until told to end. Started by the tests beside it. */
import 'reflect-metadata';
import { Inject, Injectable, Module, type OnModuleInit } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { migrations } from '#migrations';
import { NIL_UUID, uuidv7 } from '#common';
import { BusModule } from '#platform/bus';
import { ConfigModule, loadConfig } from '#platform/config';
import { DatabaseModule, OpenedDatabase, RunWriter } from '#platform/database';
import { JobsModule } from '#platform/jobs';
import { HttpModule } from '#platform/http';
import { KeyStoreModule } from '#platform/key-store';
import { SecretsModule } from '#platform/secrets';
import { StorageModule } from '#platform/storage';
import { TelemetryModule } from '#platform/telemetry';
import {
  type ActiveRun,
  AppRunner,
  AppRunners,
  type LedgerRun,
  type RunHandle,
  RunFollower,
  type RunOutcome,
  type RunPrincipal,
  RunsModule,
  runsEntities,
  RunsService,
  RunStopper,
} from '#features/runs';
import { serve } from '../../support/processes.js';

const TENANT = NIL_UUID;

/** Runs that wait for their abort or for `finish`. */
@Injectable()
class DummyRunner extends AppRunner implements OnModuleInit {
  readonly ends = new Map<string, string>();
  private readonly finishers = new Map<string, () => void>();

  constructor(
    @Inject(AppRunners) private readonly runners: AppRunners,
    @Inject(RunsService) private readonly runs: RunsService,
    @Inject(RunWriter) private readonly writer: RunWriter,
  ) {
    super();
  }

  onModuleInit(): void {
    this.runners.register(['chat'], this);
  }

  run(): Promise<RunHandle> {
    throw new Error('These runs are begun by begin()');
  }

  async begin(principal: RunPrincipal, appId: string, appLimit: number | null): Promise<string> {
    const run = await this.runs.begin({ tenantId: TENANT, appId, mode: 'chat', subjectId: uuidv7(), principal, appLimit });
    try {
      await this.writer.write({ runId: run.id, fence: run.fence, start: true, rows: [run.startRow()] });
    } catch (error) {
      run.close();
      throw error;
    }
    run.stream.push([`data: started ${run.id}\n\n`]);
    void this.execute(run);
    return run.id;
  }

  async recover(ledger: LedgerRun): Promise<void> {
    const run = this.runs.adopt(ledger);
    await this.end(run, 'failed', 'The process that executed this run ended.');
  }

  rebuild(run: LedgerRun): Promise<string[]> {
    return Promise.resolve([`data: rebuilt ${run.id}\n\n`]);
  }

  resultOf(run: LedgerRun): Promise<object> {
    return Promise.resolve({ task_id: run.id, outcome: run.outcome });
  }

  finishAll(): void {
    for (const finish of this.finishers.values()) finish();
  }

  private async execute(run: ActiveRun): Promise<void> {
    const reason = await new Promise<string | null>((resolve) => {
      run.signal.addEventListener('abort', () => resolve(String(run.signal.reason)));
      this.finishers.set(run.id, () => resolve(null));
    });
    this.finishers.delete(run.id);
    await this.end(run, reason === null ? 'succeeded' : reason === 'stopped' ? 'stopped' : 'failed', reason ?? undefined);
  }

  private async end(run: ActiveRun, outcome: RunOutcome, reason?: string): Promise<void> {
    try {
      await this.writer.write({ runId: run.id, fence: run.fence, rows: [run.finishRow(outcome, reason)] });
      run.stream.push([`data: ended ${outcome}\n\n`]);
      this.ends.set(run.id, reason ?? outcome);
    } catch (error) {
      this.ends.set(run.id, `${reason ?? outcome}, ${(error as { code: string }).code}`);
    } finally {
      run.close();
    }
  }
}

@Module({ imports: [RunsModule], providers: [DummyRunner] })
class DummyModule {}

const config = loadConfig();

@Module({
  imports: [
    ConfigModule.forRoot(config),
    TelemetryModule,
    DatabaseModule.forRoot({ entities: runsEntities, migrations }),
    BusModule,
    JobsModule,
    HttpModule,
    StorageModule,
    KeyStoreModule,
    SecretsModule,
    DummyModule,
  ],
})
class ProcessModule {}

const app = await NestFactory.createApplicationContext(ProcessModule, { logger: ['error', 'warn', 'log'], abortOnError: false });
app.enableShutdownHooks();
const dummy = app.get(DummyRunner);
const database = app.get(OpenedDatabase);

serve({
  begin: (count: number, principal: RunPrincipal, appId = NIL_UUID, appLimit: number | null = null) =>
    Promise.all(Array.from({ length: count }, () => dummy.begin(principal, appId, appLimit))),
  finishAll: () => dummy.finishAll(),
  ends: () => Object.fromEntries(dummy.ends),
  stop: (runId: string, principal: RunPrincipal) => app.get(RunStopper).stop({ tenantId: TENANT, appId: NIL_UUID, runId, principal }),
  follow: async (runId: string, principal: RunPrincipal) => {
    const frames: string[] = [];
    const signal = AbortSignal.timeout(20_000);
    for await (const batch of await app.get(RunFollower).follow({ tenantId: TENANT, appId: NIL_UUID, runId, principal }, { signal }))
      frames.push(...Array.from(batch, (frame) => frame.text));
    return frames;
  },
  rows: (text: string, values: unknown[] = []) => database.sql.rows(text, values),
  health: () => database.health.check(),
  databasePid: () => database.embedded?.childPid ?? null,
});
