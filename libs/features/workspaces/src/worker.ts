export { WorkspacesWorkerModule } from './workspaces.worker.module.js';
