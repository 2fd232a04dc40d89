export { AppsWorkerModule } from './apps.worker.module.js';
