import 'reflect-metadata';
import { AppError } from '#common';
import { ConfigError } from '#platform/config';
import { type CliCommand, UsageError } from './command.js';
/** Each command is loaded when it is asked for: a health check does not read the whole program. */
const commands: Readonly<Record<string, () => Promise<CliCommand>>> = {
  doctor: async () => (await import('./commands/doctor.command.js')).doctorCommand,
  migrate: async () => (await import('./commands/migrate.command.js')).migrateCommand,
  'reset-password': async () => (await import('./commands/reset-password.command.js')).resetPasswordCommand,
  'create-key': async () => (await import('./commands/create-key.command.js')).createKeyCommand,
  'delete-workspace': async () => (await import('./commands/delete-workspace.command.js')).deleteWorkspaceCommand,
  'dead-jobs': async () => (await import('./commands/dead-jobs.command.js')).deadJobsCommand,
  workflow: async () => (await import('./commands/workflow.command.js')).workflowCommand,
  health: async () => (await import('./commands/health.command.js')).healthCommand,
};

/** Exit codes: 0 done, 1 it failed, 2 the arguments do not fit. */
async function main([name, ...args]: readonly string[]): Promise<number> {
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    console.log(await help());
    return name === undefined ? 2 : 0;
  }
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!load) {
    console.error(`There is no command ${name}.\n\n${await help()}`);
    return 2;
  }
  const command = await load();
  if (args.includes('--help') || args.includes('-h')) {
    console.log(helpOf(command));
    return 0;
  }
  try {
    return await command.run(args);
  } catch (error) {
    return explain(command, error);
  }
}

function explain(command: CliCommand, error: unknown): number {
  if (error instanceof UsageError) {
    console.error(`${error.message}\n\n${helpOf(command)}`);
    return 2;
  }
  const isExpected = error instanceof AppError || error instanceof ConfigError;
  console.error(isExpected ? error.message : error);
  return 1;
}

const helpOf = (command: CliCommand): string => `npm run cli -- ${command.name} ${command.usage}\n  ${command.summary}`;

async function help(): Promise<string> {
  const all = await Promise.all(Object.values(commands).map((load) => load()));
  return `Usage: npm run cli -- COMMAND\n\n${all.map(helpOf).join('\n')}\n\nThe commands read the same variables as the server (DATABASE_URL, REDIS_URL, DATA_DIR, ...). On the embedded database\nthe server has to be stopped while reset-password, create-key, delete-workspace, migrate or dead-jobs run.`;
}

// A command that never ends, since nothing is left to wait for, has not done what it was asked.
process.exitCode = 1;
// Not awaited: the bundle is CommonJS, which knows no await here.
void main(process.argv.slice(2)).then((code) => (process.exitCode = code));
