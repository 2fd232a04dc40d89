export { ChatHttpModule } from './chat.http.module.js';
