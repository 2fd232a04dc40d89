export { SystemHttpModule } from './system.http.module.js';
