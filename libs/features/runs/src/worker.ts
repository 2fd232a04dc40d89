export { RunsWorkerModule } from './runs.worker.module.js';
