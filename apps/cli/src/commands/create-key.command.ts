import { isUuid, NotFoundError } from '#common';
import { ApiKeyService, appsEntities, AppsModule } from '#features/apps';
import { Sql } from '#platform/database';
import { parseArguments, required } from '../arguments.js';
import { type CliCommand, UsageError } from '../command.js';
import { inContext } from '../context.js';
import { workspaceOfApp } from '../repositories/app-workspace.repository.js';

/** For scripts that set an installation up. */
export const createKeyCommand: CliCommand = {
  name: 'create-key',
  usage: '--app ID',
  summary: 'Makes an API key of an app and prints it; the id stands in the address of the app in the console.',
  async run(args) {
    const appId = required(parseArguments(args, ['app']), 'app');
    if (!isUuid(appId)) throw new UsageError('--app is the id of an app, such as 0198c5a4-7f3e-7c1d-9b5e-2f6d8a1c0e47');
    const { token } = await inContext({ imports: [AppsModule], entities: appsEntities }, async (app) => {
      const tenantId = await workspaceOfApp(app.get(Sql, { strict: false }), appId);
      if (tenantId === null) throw new NotFoundError(`There is no app ${appId}.`, 'app_not_found');
      return app.get(ApiKeyService, { strict: false }).create(tenantId, appId);
    });
    console.log(token);
    return 0;
  },
};
