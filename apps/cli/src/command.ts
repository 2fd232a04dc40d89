/** One command of the command line. */
export interface CliCommand {
  /** The word that names it. */
  name: string;
  /** What follows the name, such as `--email ADDRESS`. */
  usage: string;
  /** What it does, in one sentence. */
  summary: string;
  /** Does it; resolves to the exit code. Throws {@link UsageError} when the arguments do not fit. */
  run(args: readonly string[]): Promise<number>;
}

/** The arguments do not fit: the message says what is expected. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
