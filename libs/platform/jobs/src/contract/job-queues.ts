/**
 * All queues. A queue is a share of a worker's attention, not a feature: jobs of one queue wait for each other's slots. A new one
 * costs a blocking connection (Redis) and a partition (embedded), so add it here only when its jobs must not wait behind the others.
 */
export const jobQueues = ['runs', 'knowledge', 'mail', 'maintenance'] as const;

/** Name of a queue: `runs` for work a caller waits for, `knowledge` for documents, `mail`, `maintenance` for what may take its time. */
export type JobQueueName = (typeof jobQueues)[number];
