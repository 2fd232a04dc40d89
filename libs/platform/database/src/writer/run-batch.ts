/** The table whose rows carry the fences. */
export const LEDGER = 'app_runs';

/** One row to be written. Values are as JSON carries them: Date and ISO text for times, text for big numbers, any JSON for json and jsonb columns. */
export interface RowOp {
  /** A table registered with {@link RunWriterTables}. */
  table: string;
  /** `insert` makes the row (a row with this id that is there already stays as it is), `patch` changes the given columns of it. */
  op: 'insert' | 'patch';
  /** The id and the columns to write; what is left out gets the column's default or stays. */
  row: { id: string; [column: string]: unknown };
}

/** Rows of one run that are committed together or not at all. */
export interface RunBatch {
  /** The run, as in `app_runs`. */
  runId: string;
  /** The number under which the caller executes the run; rows are written only while the ledger still has it and the run is not finished. */
  fence: number;
  /** Whether the batch inserts the run's ledger row itself, so that there is nothing to check the fence against yet. Default false. */
  start?: boolean;
  /** Any number of rows; a patch of a row that an earlier batch inserts may follow at once. */
  rows: RowOp[];
}
