export { ConversationsWorkerModule } from './conversations.worker.module.js';
