import 'reflect-metadata';
import { AppError } from '#common';
import { ConfigError } from '#platform/config';
import { type CliCommand, UsageError } from './command.js';
import { createKeyCommand } from './commands/create-key.command.js';
import { deadJobsCommand } from './commands/dead-jobs.command.js';
import { deleteWorkspaceCommand } from './commands/delete-workspace.command.js';
import { doctorCommand } from './commands/doctor.command.js';
import { healthCommand } from './commands/health.command.js';
import { migrateCommand } from './commands/migrate.command.js';
import { resetPasswordCommand } from './commands/reset-password.command.js';

const commands: readonly CliCommand[] = [
  doctorCommand,
  migrateCommand,
  resetPasswordCommand,
  createKeyCommand,
  deleteWorkspaceCommand,
  deadJobsCommand,
  healthCommand,
];

/** Exit codes: 0 done, 1 it failed, 2 the arguments do not fit. */
async function main([name, ...args]: readonly string[]): Promise<number> {
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    console.log(help());
    return name === undefined ? 2 : 0;
  }
  const command = commands.find((item) => item.name === name);
  if (!command) {
    console.error(`There is no command ${name}.\n\n${help()}`);
    return 2;
  }
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

function help(): string {
  return `Usage: npm run cli -- COMMAND\n\n${commands.map(helpOf).join('\n')}\n\nThe commands read the same variables as the server (DATABASE_URL, REDIS_URL, DATA_DIR, ...). On the embedded database\nthe server has to be stopped while reset-password, create-key, delete-workspace, migrate or dead-jobs run.`;
}

process.exitCode = await main(process.argv.slice(2));
