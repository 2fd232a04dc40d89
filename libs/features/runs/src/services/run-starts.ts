import { Injectable, Logger } from '@nestjs/common';
import { AppError } from '#common';
import { DatabaseUnavailableError, RunFencedError, type RowOp, RunWriter } from '#platform/database';
import { RunRegistry } from './run-registry.js';
import type { ActiveRun } from './runs.service.js';

/** What a start writes beside the ledger row. */
export interface StartRows {
  /** Rows that the run begins with. */
  rows: RowOp[];
  /** What becomes of them when the run is given up before it began, in the words of the error. */
  failedRows: (message: string) => RowOp[];
}

/** Commits the starts of runs, and gives up those that can't be. */
@Injectable()
export class RunStarts {
  private readonly logger = new Logger(RunStarts.name);

  constructor(
    private readonly writer: RunWriter,
    private readonly registry: RunRegistry,
  ) {}

  /** Resolves when the start of a run is stored. Rejects as {@link RunWriter.write} does; the run is aborted then. */
  async commit(run: ActiveRun, { rows, failedRows }: StartRows): Promise<void> {
    try {
      await this.writer.write({ runId: run.id, fence: run.fence, start: true, rows: [run.startRow(), ...rows] });
    } catch (error) {
      this.registry.abort(run.id, 'fenced');
      if (error instanceof DatabaseUnavailableError) void this.endUnanswered(run, failedRows(error.message), error);
      throw error;
    }
  }

  /**
   * A start without an answer may be stored nevertheless, and nobody executes it. Its end waits for the database as long as any end;
   * where the start never arrived, the fence matches no row and nothing is written. A start that is committed still later is found
   * by the sweep of RunTakeOver.
   */
  private async endUnanswered(run: ActiveRun, rows: RowOp[], { code }: AppError): Promise<void> {
    try {
      await this.writer.write({ runId: run.id, fence: run.fence, rows: [...rows, run.finishRow('failed', code)] });
      this.logger.warn({ msg: 'a run was ended whose start got no answer', runId: run.id });
    } catch (error) {
      if (!(error instanceof RunFencedError))
        this.logger.warn({ msg: 'a run without an answer to its start was not ended yet', runId: run.id, err: error });
    }
  }
}
