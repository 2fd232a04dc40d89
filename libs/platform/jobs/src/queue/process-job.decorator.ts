import { Process } from '@nestjs/bull';
import type { JobContract, PayloadOf } from '../contract/job-contract.js';
import type { JobAttempt } from './job-queue.port.js';

/** Marks the method of a `@Processor(contract.queue)` class that does a job, with the number of jobs it may do at once (default 1). */
export function ProcessJob<J extends JobContract>(contract: J, options: { concurrency?: number } = {}) {
  return <H extends (attempt: JobAttempt<PayloadOf<J>>) => Promise<unknown>>(
    target: object,
    key: string | symbol,
    descriptor: TypedPropertyDescriptor<H>,
  ): void => {
    Process({ name: contract.name, concurrency: options.concurrency ?? 1 })(target, key, descriptor);
  };
}
