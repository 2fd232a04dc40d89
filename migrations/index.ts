import { AccountsAndWorkspaces20261123101000 } from './20261123101000-accounts-and-workspaces.js';
import { CreatePlatformTables20261123100000 } from './20261123100000-create-platform-tables.js';
import { Models20261123102000 } from './20261123102000-models.js';
import { Apps20261123103000 } from './20261123103000-apps.js';
import { CreateAppRuns20261123104000 } from './20261123104000-create-app-runs.js';
import { ConversationsAndFiles20261123105000 } from './20261123105000-conversations-and-files.js';
import { JobOutboxAndExpiringValues20261123100500 } from './20261123100500-job-outbox-and-expiring-values.js';

/** The one history of the schema, in order. Add a class here when you add a file; never edit one after its merge. */
const classes = [
  CreatePlatformTables20261123100000,
  JobOutboxAndExpiringValues20261123100500,
  AccountsAndWorkspaces20261123101000,
  Models20261123102000,
  Apps20261123103000,
  CreateAppRuns20261123104000,
  ConversationsAndFiles20261123105000,
];

/** What the program brings a database to at its start. */
export const migrations = { classes, folder: import.meta.dirname };
