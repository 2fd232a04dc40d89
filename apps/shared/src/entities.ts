import { accountsEntities } from '#features/accounts';
import { appsEntities } from '#features/apps';
import { authEntities } from '#features/auth';
import { conversationsEntities } from '#features/conversations';
import { filesEntities } from '#features/files';
import { modelsEntities } from '#features/models';
import { runsEntities } from '#features/runs';
import { workspacesEntities } from '#features/workspaces';

/** The tables of all features: the same data source in every process. */
export const entities = [
  ...accountsEntities,
  ...appsEntities,
  ...authEntities,
  ...conversationsEntities,
  ...filesEntities,
  ...modelsEntities,
  ...runsEntities,
  ...workspacesEntities,
];
