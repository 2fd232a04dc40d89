import { type Json, unixSeconds } from '#common';
import type { FileLinks } from '#features/files';
import type { AgentThought, MessageFile } from '../../message.js';
import type { MessageView } from '../../services/message.service.js';
import { RetrieverResourceResponse, retrieverResourcesOf } from './retriever-resource.response.js';

/** What is needed to make links to files. */
export interface MessageLinks {
  links: FileLinks;
  /** The workspace whose messages they are. */
  tenantId: string;
  /** The caller's view of this server's address. */
  origin: string;
}

/** The person's own rating of an answer. */
export class MessageFeedbackResponse {
  /**
   * `like` or `dislike`.
   * @example like
   */
  rating: string;
}

/** A file of a message. */
export class MessageFileResponse {
  /** Id of the file within the message. */
  id: string;
  /**
   * Name of the file.
   * @example report.pdf
   */
  filename: string;
  /**
   * `image`, `document`, `audio`, `video` or `custom`.
   * @example document
   */
  type: string;
  /** Where it can be read: signed for files that are kept here. @example https://example.com/picture.png */
  url: string | null;
  /**
   * Media type.
   * @example application/pdf
   */
  mime_type: string | null;
  /** Bytes; -1 when unknown. @example 20480 */
  size: number | null;
  /**
   * `local_file`, `remote_url` or `tool_file`.
   * @example local_file
   */
  transfer_method: string;
  /**
   * `user` or `assistant`.
   * @example user
   */
  belongs_to: string | null;
  /** Id of the upload behind it. */
  upload_file_id: string | null;

  static from(file: MessageFile, { links, tenantId, origin }: MessageLinks): MessageFileResponse {
    return {
      id: file.id,
      filename: file.name,
      type: file.type,
      url: file.transferMethod === 'local_file' && file.uploadFileId !== null ? links.url(tenantId, file.uploadFileId, origin) : file.url,
      mime_type: file.mimeType,
      size: file.size,
      transfer_method: file.transferMethod,
      belongs_to: file.belongsTo,
      upload_file_id: file.uploadFileId,
    };
  }
}

/** A round of an agent on its way to an answer. */
export class AgentThoughtResponse {
  /** Id of the round. */
  id: string;
  /** Id of the chain that a round of older versions belonged to. */
  chain_id: string | null;
  /** Id of the message. */
  message_id: string;
  /** Number of the round, from 1. @example 1 */
  position: number;
  /** What the model thought. @example "I should look the weather up." */
  thought: string | null;
  /** Names of the tools it called, joined by `;`. @example get_weather */
  tool: string | null;
  /** Labels of these tools by name. */
  tool_labels: Record<string, Json>;
  /** JSON of what they were called with. @example {"get_weather":{"city":"Kyiv"}} */
  tool_input: string | null;
  /** Seconds since the epoch. */
  created_at: number;
  /** What the tools answered. @example {"get_weather":"sunny"} */
  observation: string | null;
  /** Ids of files they made. */
  files: string[];

  static from(thought: AgentThought): AgentThoughtResponse {
    return {
      id: thought.id,
      chain_id: thought.messageChainId,
      message_id: thought.messageId,
      position: thought.position,
      thought: thought.thought,
      tool: thought.tool,
      tool_labels: thought.toolLabels,
      tool_input: thought.toolInput,
      created_at: unixSeconds(thought.createdAt),
      observation: thought.observation,
      files: thought.files,
    };
  }
}

/** One turn of a conversation. */
export class MessageResponse {
  /** Id of the message. */
  id: string;
  /** Id of the conversation. */
  conversation_id: string;
  /** Id of the turn before it; the nil UUID for messages of the service API. */
  parent_message_id: string | null;
  /** Values of the app's form. */
  inputs: Record<string, Json>;
  /**
   * What was asked.
   * @example "When do I sow tomatoes?"
   */
  query: string;
  /**
   * What was answered, as far as it came.
   * @example "In March, indoors."
   */
  answer: string;
  /** The person's own rating. */
  feedback: MessageFeedbackResponse | null;
  /** What was retrieved for the answer. */
  retriever_resources: RetrieverResourceResponse[];
  /**
   * Seconds since the epoch.
   * @example 1795419556
   */
  created_at: number;
  /** Rounds of an agent. */
  agent_thoughts: AgentThoughtResponse[];
  /** Files of the person and of the assistant. */
  message_files: MessageFileResponse[];
  /**
   * `normal`, `paused` or `error`.
   * @example normal
   */
  status: string;
  /** Why it failed. @example "The model did not answer in time." */
  error: string | null;
  /** Forms that a run asked people to fill in. */
  extra_contents: Record<string, Json>[];

  static from({ message, rating, files, thoughts }: MessageView, context: MessageLinks): MessageResponse {
    return {
      id: message.id,
      conversation_id: message.conversationId,
      parent_message_id: message.parentMessageId,
      inputs: message.inputs,
      query: message.query,
      answer: context.links.resign(context.tenantId, message.answer),
      feedback: rating === null ? null : { rating },
      retriever_resources: retrieverResourcesOf(message.metadata?.retriever_resources),
      created_at: unixSeconds(message.createdAt),
      agent_thoughts: thoughts.map((thought) => AgentThoughtResponse.from(thought)),
      message_files: files.map((file) => MessageFileResponse.from(file, context)),
      status: message.status,
      error: message.error,
      extra_contents: [],
    };
  }
}

/** A slice of a conversation. */
export class MessageListResponse {
  /**
   * Items asked for.
   * @example 20
   */
  limit: number;
  /** Whether there are older ones. */
  has_more: boolean;
  /** Oldest first. */
  data: MessageResponse[];
}
