import { z } from 'zod';
import { defineJob } from '../contract/job-contract.js';
import { defineSchedule } from '../contract/schedule-contract.js';

/** Makes the coming months' partitions of the tables that are partitioned by id, before rows arrive that would fall into the default one. */
export const makePartitions = defineJob({
  name: 'database.make-partitions',
  queue: 'maintenance',
  payload: z.object({}),
  timeoutMs: 300_000,
});

/** Daily: a month begins long after its partition was made, even when some days fail. */
export const makePartitionsDaily = defineSchedule({
  name: 'database.make-partitions',
  cron: '20 3 * * *',
  job: makePartitions,
  payload: {},
});
