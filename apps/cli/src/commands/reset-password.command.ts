import { randomBytes } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { NotFoundError } from '#common';
import { accountsEntities, AccountService, PASSWORD_PATTERN } from '#features/accounts';
import { authEntities, AuthModule, PasswordResetService } from '#features/auth';
import { workspacesEntities } from '#features/workspaces';
import { parseArguments, required } from '../arguments.js';
import { type CliCommand, UsageError } from '../command.js';
import { inContext } from '../context.js';

const GENERATED_BYTES = 12;

/** For an owner who is locked out. The password never stands on the command line, where other users of the machine could read it. */
export const resetPasswordCommand: CliCommand = {
  name: 'reset-password',
  usage: '--email ADDRESS [--from generated|stdin]',
  summary:
    'Gives an account a new password (generated and printed, or the first line of standard input), ends its sessions and lifts its sign-in lock-out.',
  async run(args) {
    const parsed = parseArguments(args, ['email', 'from']);
    const email = required(parsed, 'email');
    const from = parsed.options.from ?? 'generated';
    if (from !== 'generated' && from !== 'stdin') throw new UsageError('--from is generated or stdin');
    const password = from === 'stdin' ? firstLine(await text(process.stdin)) : generate();
    await inContext({ imports: [AuthModule], entities: [...accountsEntities, ...authEntities, ...workspacesEntities] }, async (app) => {
      const account = await app.get(AccountService, { strict: false }).findByEmail(email);
      if (!account) throw new NotFoundError(`There is no account with the address ${email}.`, 'account_not_found');
      await app.get(PasswordResetService, { strict: false }).reset(account, password);
    });
    console.log(from === 'stdin' ? `${email} has the new password.` : `${email} has a new password: ${password}`);
    return 0;
  },
};

const firstLine = (input: string): string => input.split(/\r?\n/)[0] ?? '';

/** A random password that fits the rules people's passwords have to fit. */
function generate(): string {
  for (;;) {
    const password = randomBytes(GENERATED_BYTES).toString('base64url');
    if (PASSWORD_PATTERN.test(password)) return password;
  }
}
