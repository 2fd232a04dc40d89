export { AuthHttpModule } from './auth.http.module.js';
