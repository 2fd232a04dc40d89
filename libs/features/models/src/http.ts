export { ModelsHttpModule } from './models.http.module.js';
