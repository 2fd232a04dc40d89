export { WorkspacesHttpModule } from './workspaces.http.module.js';
