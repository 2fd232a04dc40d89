import { type CliCommand, UsageError } from '../command.js';

/** Each is loaded when it is asked for: a check does not read the models and the sandbox. */
const actions: Readonly<Record<string, () => Promise<(args: readonly string[]) => Promise<number>>>> = {
  run: async () => (await import('../workflow/run-workflow.js')).runWorkflow,
  lint: async () => (await import('../workflow/lint-files.js')).lintFiles,
  draw: async () => (await import('../workflow/draw-file.js')).drawFile,
};

/** DSL files without a server and without a database: for CI, and to look at a file before it is imported. */
export const workflowCommand: CliCommand = {
  name: 'workflow',
  usage: `run FILE.yml [--input NAME=VALUE]... [--file NAME=PATH]... [--models FILE] [--stream] [--json]
                       | lint FILE.yml... [--json] | draw FILE.yml > graph.svg`,
  summary:
    'Runs, checks or draws a DSL file. Models are called with <PROVIDER>_API_KEY (and <PROVIDER>_BASE_URL) or what --models says, else a test model answers. ' +
    'Exit code of a run: 0 succeeded, 1 failed, 3 succeeded in part, 4 stopped, 5 paused; of lint: 1 when a file has an error. (npm writes two lines of its own first: `npm run -s cli` does not.)',
  async run([action = '', ...args]) {
    const load = Object.hasOwn(actions, action) ? actions[action] : undefined;
    if (load === undefined)
      throw new UsageError(action === '' ? 'say what to do: run, lint or draw' : `${action} is none of run, lint, draw`);
    return (await load())(args);
  },
};
