import type { AppModelConfig } from '../config/app-model-config.js';
import type { ChatFile } from '../files/chat-file.js';
import type { Inputs } from '../inputs/prepare-inputs.js';

/** One turn of a chat app, or one run of a completion app. Everything is checked already. */
export interface ChatRunRequest {
  /** Id of the message being written; where the history holds it, it is left out. */
  messageId: string;
  /** Mode `chat` or `completion`. */
  config: AppModelConfig;
  /** Whether text is to come as it is written; false yields only the last event. */
  stream: boolean;
  /** From `prepareInputs`. */
  inputs: Inputs;
  /** From `prepareQuery`; may be empty in completion apps. */
  query: string;
  /** From `checkFiles`. */
  files: readonly ChatFile[];
  /** The conversation that goes on; null for a new one and for completion apps: then there is no memory. */
  conversation: { parentMessageId: string | null } | null;
  /** Opaque id of the person, for the model's vendor. */
  user?: string;
}
