import pg from 'pg';
import { jobQueues } from '../contract/job-queues.js';
import { prepareJobs } from './prepare-jobs.js';

/** For `DatabaseModule.forRoot` and the build: puts the job tables and queues into prepared data directories. */
export const jobsPreparer = {
  name: 'jobs',
  fingerprint: `pg-boss 10: ${jobQueues.join(' ')}`,
  /** Connects by itself and prepares. */
  prepare: async (connection: { host: string; port: number; user: string; database: string }): Promise<void> => {
    const client = new pg.Client(connection);
    await client.connect();
    try {
      await prepareJobs(client);
    } finally {
      await client.end();
    }
  },
};
