export { AppsHttpModule } from './apps.http.module.js';
