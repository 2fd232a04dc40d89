import type { AppMode } from '#platform/http';

/** Modes an app can be created with (contract console-apps 2.3). */
export const CREATABLE_MODES = ['chat', 'agent-chat', 'advanced-chat', 'workflow', 'completion'] as const;

/** Modes whose settings are a model configuration, not a graph. */
const EASY_MODES: readonly AppMode[] = ['chat', 'agent-chat', 'completion'];

/** Whether an app of this mode has a model configuration. */
export function isEasyMode(mode: AppMode): mode is 'chat' | 'agent-chat' | 'completion' {
  return EASY_MODES.includes(mode);
}
