/** Modes of apps that are one model configuration rather than a graph. */
export const EASY_APP_MODES = ['chat', 'agent-chat', 'completion'] as const;
export type EasyAppMode = (typeof EASY_APP_MODES)[number];

/** Whether an app of this mode has conversations, and with them memory, an opening statement and annotation replies. */
export function hasConversations(mode: EasyAppMode): boolean {
  return mode !== 'completion';
}
