export { KnowledgeHttpModule } from './knowledge.http.module.js';
