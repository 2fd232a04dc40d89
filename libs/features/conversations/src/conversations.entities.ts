import { ConversationEntity } from './entities/conversation.entity.js';
import { MessageAgentThoughtEntity } from './entities/message-agent-thought.entity.js';
import { MessageFeedbackEntity } from './entities/message-feedback.entity.js';
import { MessageFileEntity } from './entities/message-file.entity.js';
import { MessageEntity } from './entities/message.entity.js';

/** The tables of this feature, for the application's data source. */
export const conversationsEntities = [
  ConversationEntity,
  MessageEntity,
  MessageFileEntity,
  MessageFeedbackEntity,
  MessageAgentThoughtEntity,
];
