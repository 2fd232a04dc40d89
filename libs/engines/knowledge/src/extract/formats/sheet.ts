/** A sheet of a workbook. */
export interface Sheet {
  readonly name: string;
  /** Rows that hold something, in their order; cells are texts, null for empty ones. A row ends with its last cell that holds something. */
  readonly rows: readonly (readonly (string | null)[])[];
}
