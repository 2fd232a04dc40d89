export * from './chat.errors.js';
export { ChatModule } from './chat.module.js';
export { AudioService } from './services/audio.service.js';
export { ChatAppRunner } from './services/chat-app.runner.js';
