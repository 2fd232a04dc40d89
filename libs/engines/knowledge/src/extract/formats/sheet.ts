import { UnreadableDocumentError } from '../extract.errors.js';

/** A sheet of a workbook. */
export interface Sheet {
  readonly name: string;
  /** Rows that hold something, in their order; empty cells are holes, so that a far cell costs no more than a near one. */
  readonly rows: readonly SheetRow[];
}

export type SheetRow = readonly (string | undefined)[];

/** As many as a sheet of Excel has. */
const MAX_COLUMNS = 16_384;
const MAX_ROWS = 1_048_576;
const MAX_CELLS = 5_000_000;

/** Collects the cells of a sheet. */
export class SheetRows {
  private readonly rows = new Map<number, (string | undefined)[]>();
  private cells = 0;

  /** Throws `UnreadableDocumentError` when the sheet is larger than one of Excel's, or has more cells than are read. */
  put(row: number, column: number, cell: string | null | undefined): void {
    if (cell === null || cell === undefined || cell === '' || !(column >= 0)) return;
    this.cells += 1;
    if (column >= MAX_COLUMNS || row >= MAX_ROWS || this.cells > MAX_CELLS)
      throw new UnreadableDocumentError(`a sheet has more than ${MAX_ROWS} rows, ${MAX_COLUMNS} columns or ${MAX_CELLS} cells`);
    let cells = this.rows.get(row);
    if (cells === undefined) this.rows.set(row, (cells = []));
    cells[column] = cell;
  }

  /** The rows by their number. */
  inOrder(): SheetRow[] {
    return [...this.rows].sort(([a], [b]) => a - b).map(([, cells]) => cells);
  }
}
