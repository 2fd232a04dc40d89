import { CreatePlatformTables20261123100000 } from './20261123100000-create-platform-tables.js';
import { CreateAppRuns20261123104000 } from './20261123104000-create-app-runs.js';
import { ConversationsAndFiles20261123105000 } from './20261123105000-conversations-and-files.js';

/** The one history of the schema, in order. Add a class here when you add a file; never edit one after its merge. */
const classes = [CreatePlatformTables20261123100000, CreateAppRuns20261123104000, ConversationsAndFiles20261123105000];

/** What the program brings a database to at its start. */
export const migrations = { classes, folder: import.meta.dirname };
