import { ErrorEvent } from './error.event.js';
import { MessageEndEvent, MessageEvent, MessageReplaceEvent, TtsMessageEndEvent, TtsMessageEvent } from './message.event.js';

/** What the stream of a chat or completion run is made of (contract service-and-web-api 8.4). */
export const CHAT_EVENTS = [MessageEvent, MessageReplaceEvent, TtsMessageEvent, MessageEndEvent, TtsMessageEndEvent, ErrorEvent];
