import { z } from 'zod';
import { defineJob, defineSchedule } from '#platform/jobs';

/** Forgets Idempotency-Keys that have passed their 24 hours. Runs twice without harm. */
export const purgeIdempotencyKeys = defineJob({
  name: 'runs.purge-idempotency-keys',
  queue: 'maintenance',
  payload: z.object({}),
});

/** Hourly: an expired key is not honoured any more, it only takes room. */
export const purgeIdempotencyKeysHourly = defineSchedule({
  name: 'runs.purge-idempotency-keys',
  cron: '40 * * * *',
  job: purgeIdempotencyKeys,
  payload: {},
});
