import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AccountPasswords, AccountService } from '#features/accounts';
import { MembershipService, WorkspaceService } from '#features/workspaces';
import { type Environment, loadConfig } from '#platform/config';
import { Transactions } from '#platform/database';
import { closeApi, createApi, type Role } from '#platform/http';
import { ApiModule } from '../../apps/api/src/api.module.js';
import { stopWatching, watchAnswers } from './answer-watch.js';
import { ConsoleClient } from './console-client.js';

export const PASSWORD = 'correct horse 1';

/** The whole application in this process, its answers held against the API documents. Close it with `stopApi`. */
export async function startApi(env: Environment): Promise<NestFastifyApplication> {
  const config = loadConfig({ LOG_LEVEL: 'silent', HTTP_MAX_EVENT_LOOP_LAG_MS: '0', ...env });
  return watchAnswers(await createApi(ApiModule.forRoot(config), { config }));
}

/** Stops an application in order; throws when one of its answers was not as the API documents say. */
export async function stopApi(app: NestFastifyApplication): Promise<void> {
  await closeApi(app);
  stopWatching(app);
}

/** Sets the installation up; answers its owner, signed in. */
export async function setUp(app: NestFastifyApplication, email = 'owner@a.example'): Promise<ConsoleClient> {
  const client = new ConsoleClient(app);
  const answer = await client.post('/setup', { email, name: 'Owner', password: PASSWORD });
  if (answer.status !== 201) throw new Error(`set-up answered ${String(answer.status)}: ${JSON.stringify(answer.body)}`);
  await signIn(client, email);
  return client;
}

/** A second workspace with an owner of its own, signed in. */
export async function secondWorkspace(app: NestFastifyApplication, email = 'owner@b.example'): Promise<ConsoleClient> {
  const account = await newAccount(app, email);
  const workspaces = app.get(WorkspaceService, { strict: false });
  const prepared = await workspaces.prepare();
  await app.get(Transactions).run((tx) => workspaces.create(prepared, { name: 'B', ownerId: account.id }, tx));
  const client = new ConsoleClient(app);
  await signIn(client, email);
  return client;
}

/** A member of a workspace in a role, signed in. */
export async function memberOf(app: NestFastifyApplication, tenantId: string, role: Role): Promise<ConsoleClient> {
  const email = `${role}@a.example`;
  const account = await newAccount(app, email);
  await app.get(MembershipService, { strict: false }).add({ tenantId, accountId: account.id, role });
  const client = new ConsoleClient(app);
  await signIn(client, email);
  return client;
}

/** Id of the workspace a client works in. */
export async function tenantIdOf(client: ConsoleClient): Promise<string> {
  return ((await client.post('/workspaces/current', {})).body as { id: string }).id;
}

async function newAccount(app: NestFastifyApplication, email: string) {
  const passwordHash = await app.get(AccountPasswords, { strict: false }).hashNew(PASSWORD);
  return app.get(AccountService, { strict: false }).create({ email, name: email.split('@')[0] ?? email, passwordHash, language: 'en-US' });
}

async function signIn(client: ConsoleClient, email: string): Promise<void> {
  const answer = await client.login(email, PASSWORD);
  if (answer.status !== 200) throw new Error(`sign-in answered ${String(answer.status)}: ${JSON.stringify(answer.body)}`);
}
