import { DeadJobs } from '#platform/jobs';
import { parseArguments } from '../arguments.js';
import { type CliCommand, UsageError } from '../command.js';
import { inContext } from '../context.js';

const LONGEST_ERROR = 160;

/** Jobs that failed for good: look at them, try them again, forget them. */
export const deadJobsCommand: CliCommand = {
  name: 'dead-jobs',
  usage: 'list [--name JOB] [--limit 100] | retry ID... | drop ID...',
  summary: 'Lists the jobs that failed for good, puts them back into their queue, or forgets them.',
  async run(args) {
    const parsed = parseArguments(args, ['name', 'limit']);
    const [action = 'list', ...ids] = parsed.words;
    if (!['list', 'retry', 'drop'].includes(action)) throw new UsageError(`${action} is none of list, retry, drop`);
    if (action !== 'list' && ids.length === 0) throw new UsageError(`Name the jobs to ${action} by their ids`);
    const limit = Number(parsed.options.limit ?? 100);
    if (!Number.isInteger(limit) || limit < 1) throw new UsageError('--limit is a number of jobs');
    return inContext({}, async (app) => {
      const dead = app.get(DeadJobs, { strict: false });
      if (action === 'list') await list(dead, limit, parsed.options.name);
      else await each(ids, action, (id) => (action === 'retry' ? dead.retry(id) : dead.drop(id)));
      return 0;
    });
  },
};

async function list(dead: DeadJobs, limit: number, name?: string): Promise<void> {
  const jobs = await dead.list({ limit, ...(name === undefined ? {} : { name }) });
  if (jobs.length === 0) console.log('No dead jobs.');
  for (const job of jobs) {
    const error = job.error.split('\n')[0]?.slice(0, LONGEST_ERROR) ?? '';
    console.log(`${job.id}  ${job.name} (${job.queue})  ${job.failedAt.toISOString()}  ${job.attemptsMade} attempts  ${error}`);
  }
}

async function each(ids: readonly string[], action: string, work: (id: string) => Promise<void>): Promise<void> {
  for (const id of ids) {
    await work(id);
    console.log(`${id}: ${action === 'retry' ? 'back in its queue' : 'forgotten'}`);
  }
}
