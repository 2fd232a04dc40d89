/** A table that runs write. */
export interface RunWriterTable {
  /** Its name. */
  table: string;
  /** PostgreSQL type by column, `id` included; columns that are not listed can't be written. */
  columns: Readonly<Record<string, string>>;
}

const NAME = /^[a-z_][a-z0-9_]*$/;
const TYPE = /^[a-z][a-z0-9 ]*(\([0-9, ]+\))?(\[\])?$/;

/** The tables that the {@link RunWriter} may write; each feature registers its own at module init. */
export class RunWriterTables {
  private readonly tables = new Map<string, RunWriterTable>();
  /** Lists of columns with their types by table and signature: there are as many as ways to write a row. */
  private readonly lists = new Map<string, string>();

  /** Adds a table, or columns to one. Throws TypeError for names or types that are none. */
  register(definition: RunWriterTable): void {
    for (const [column, type] of Object.entries(definition.columns)) {
      if (!NAME.test(column) || !TYPE.test(type)) throw new TypeError(`${definition.table}.${column}: no column name or type: ${type}`);
    }
    if (!NAME.test(definition.table)) throw new TypeError(`No table name: ${definition.table}`);
    const columns = { ...this.tables.get(definition.table)?.columns, ...definition.columns, id: 'uuid' };
    this.tables.set(definition.table, { table: definition.table, columns });
  }

  /** Columns, joined by commas as in a row's signature, with their types. Throws TypeError for one that nobody registered. */
  typedColumns(table: string, signature: string): string {
    const key = `${table} ${signature}`;
    const known = this.lists.get(key);
    if (known !== undefined) return known;
    const list = signature
      .split(',')
      .map((column) => `${column} ${this.typeOf(table, column)}`)
      .join(', ');
    this.lists.set(key, list);
    return list;
  }

  /** Type of a column. Throws TypeError when nobody registered it. */
  typeOf(table: string, column: string): string {
    const type = this.tables.get(table)?.columns[column];
    if (type === undefined) throw new TypeError(`${table}.${column} is not registered with RunWriterTables`);
    return type;
  }
}
