import { isUuid } from '#common';
import { WorkspaceDeletionService, workspacesEntities, WorkspacesModule } from '#features/workspaces';
import { parseArguments } from '../arguments.js';
import { type CliCommand, UsageError } from '../command.js';
import { inContext } from '../context.js';

/** For operators: there is no route that does it. */
export const deleteWorkspaceCommand: CliCommand = {
  name: 'delete-workspace',
  usage: 'ID --yes',
  summary: 'Takes a workspace out of use for good; the running or next server removes its apps, conversations, models, files and keys.',
  async run(args) {
    const { words, flags } = parseArguments(args, [], ['yes']);
    const [tenantId = ''] = words;
    if (words.length !== 1 || !isUuid(tenantId))
      throw new UsageError('name one workspace by its id, such as 0198c5a4-7f3e-7c1d-9b5e-2f6d8a1c0e47');
    if (!flags.has('yes')) throw new UsageError('nothing was deleted: this can not be undone; add --yes when you mean it');
    const workspace = await inContext({ imports: [WorkspacesModule], entities: workspacesEntities }, (app) =>
      app.get(WorkspaceDeletionService, { strict: false }).delete(tenantId),
    );
    console.log(`The workspace ${workspace.name} is out of use. What it holds is removed by the running server, or when one is started.`);
    return 0;
  },
};
