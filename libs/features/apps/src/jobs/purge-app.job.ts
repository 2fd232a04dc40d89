import { z } from 'zod';
import { defineJob } from '#platform/jobs';

/** Removes what belonged to a deleted app, feature by feature. Runs twice without harm. */
export const purgeApp = defineJob({
  name: 'app.purge',
  queue: 'maintenance',
  payload: z.object({ tenantId: z.uuid(), appId: z.uuid() }),
  timeoutMs: 600_000,
});
