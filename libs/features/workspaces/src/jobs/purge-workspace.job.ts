import { z } from 'zod';
import { defineJob } from '#platform/jobs';

/** Removes what belonged to a deleted workspace, feature by feature, then its private key and the workspace itself. Runs twice without harm. */
export const purgeWorkspace = defineJob({
  name: 'workspace.purge',
  queue: 'maintenance',
  payload: z.object({ tenantId: z.uuid() }),
  timeoutMs: 3_600_000,
});
