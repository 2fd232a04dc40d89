import { AppRunEntity } from './entities/app-run.entity.js';
import { ProcessInstanceEntity } from './entities/process-instance.entity.js';
import { RunIdempotencyKeyEntity } from './entities/run-idempotency-key.entity.js';

/** The tables of this feature, for the application's data source. */
export const runsEntities = [AppRunEntity, ProcessInstanceEntity, RunIdempotencyKeyEntity];
