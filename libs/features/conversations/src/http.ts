export { ConversationsHttpModule } from './conversations.http.module.js';
