/** A process that stops in order, or never. Started by the tests beside it. */
import { AppLogger } from '#platform/telemetry';
import { stopOnSignal } from '../../../apps/shared/src/process-life.js';
import { serve } from '../../support/processes.js';

const stops: Record<string, () => Promise<void>> = {
  clean: () => Promise.resolve(),
  broken: () => Promise.reject(new Error('the database is away')),
  hanging: () => new Promise<void>(() => setInterval(() => undefined, 1000)),
};

serve({
  arm: (how: string, deadlineMs: number) =>
    stopOnSignal({ logger: AppLogger.create({ level: 'info' }), stop: stops[how] ?? (() => Promise.resolve()), deadlineMs }),
});
