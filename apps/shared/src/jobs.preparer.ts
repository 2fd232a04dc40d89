import pg from 'pg';
import type { DatabasePreparer } from '#platform/database';
import { jobQueues, prepareJobs } from '#platform/jobs';

/** Puts the tables and queues of the embedded jobs into a prepared data directory: 40 ms a queue that a first start saves. */
export const jobsPreparer: DatabasePreparer = {
  name: 'jobs',
  fingerprint: jobQueues.join(','),
  async prepare(connection) {
    const client = new pg.Client(connection);
    await client.connect();
    try {
      await prepareJobs(client);
    } finally {
      await client.end();
    }
  },
};
