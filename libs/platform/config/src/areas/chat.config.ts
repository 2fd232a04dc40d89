import { Env } from '../env.js';
import { integer, oneOf, text } from '../schemas.js';
import { z } from 'zod';

const decimal = (min: number, max: number) =>
  z.string().transform((value, context) => {
    const number = Number(value.trim());
    if (value.trim() !== '' && number >= min && number <= max) return number;
    context.addIssue({ code: 'custom', message: `must be a number from ${String(min)} to ${String(max)}` });
    return z.NEVER;
  });

/** How chat and completion apps run. */
export class ChatConfig {
  /** How files reach a model: their bytes within the prompt, or a signed URL that the vendor fetches. */
  @Env('MULTIMODAL_SEND_FORMAT', oneOf('base64', 'url')) multimodalSendFormat: 'base64' | 'url' = 'base64';
  /** Longest answer to the request for follow-up questions. Unit: tokens. */
  @Env('SUGGESTED_QUESTIONS_MAX_TOKENS', integer(1, 100_000)) suggestedQuestionsMaxTokens = 256;
  /** Temperature of the request for follow-up questions. */
  @Env('SUGGESTED_QUESTIONS_TEMPERATURE', decimal(0, 2)) suggestedQuestionsTemperature = 0;
  /** Instruction that asks for follow-up questions, in place of the built-in one. */
  @Env('SUGGESTED_QUESTIONS_PROMPT', text()) suggestedQuestionsPrompt = '';
  /** When a new conversation is given a title, after its run began. Unit: milliseconds. */
  @Env('CONVERSATION_NAME_DELAY_MS', integer(0, 600_000)) conversationNameDelayMs = 1000;
  /** Largest file that is put into a prompt as base64. Unit: megabytes. */
  @Env('CHAT_INLINE_FILE_LIMIT', integer(1, 1000)) inlineFileLimit = 100;
}
