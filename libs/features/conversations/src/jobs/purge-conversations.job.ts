import { z } from 'zod';
import { defineJob } from '#platform/jobs';

/** Removes what belonged to conversations that are gone: messages, their files, feedback and rounds of agents. Runs twice without harm. */
export const purgeConversations = defineJob({
  name: 'conversation.purge',
  queue: 'maintenance',
  payload: z.object({ tenantId: z.uuid(), conversationIds: z.array(z.uuid()).min(1).max(500) }),
  timeoutMs: 300_000,
});
