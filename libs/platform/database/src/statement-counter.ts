/** Counts the SQL statements of this process, `begin` and `commit` included. For the bench, metrics and tests. */
export class StatementCounter {
  #statements = 0;

  /** Statements sent since the start. */
  get statements(): number {
    return this.#statements;
  }

  /** Called by the connection for every statement it sends. */
  count(): void {
    this.#statements += 1;
  }

  /** How many statements a piece of work sends; the work of others in the same process counts too. */
  async during<T>(work: () => Promise<T>): Promise<{ result: T; statements: number }> {
    const before = this.#statements;
    const result = await work();
    return { result, statements: this.#statements - before };
  }
}
