import { HISTORY_LIMIT, type RolePrefixes } from '#engines/chat';
import { z } from 'zod';

/** How a node remembers, read once. */
export interface MemorySettings {
  /** Null where the author set none. */
  readonly prefixes: RolePrefixes | null;
  /** Messages looked back at. */
  readonly limit: number;
  /** What is asked at the end of the prompt; "" for the user's own words. */
  readonly query: string;
}

/** Names of the two who speak where the author gave none. */
export const DEFAULT_PREFIXES: RolePrefixes = { user: 'Human', assistant: 'Assistant' };

/** `memory` of a node's data (contract workflow-engine 7.4, 8). One without a window is none. */
export const memorySettings = z
  .object({
    role_prefix: z.object({ user: z.string().nullish(), assistant: z.string().nullish() }).nullish(),
    window: z.object({ enabled: z.boolean().nullish(), size: z.unknown().optional() }).nullish(),
    query_prompt_template: z.string().nullish(),
  })
  .nullish()
  .transform((memory): MemorySettings | null => {
    if (!memory?.window) return null;
    const { role_prefix: prefix, window, query_prompt_template } = memory;
    const prefixes = { user: prefix?.user ?? '', assistant: prefix?.assistant ?? '' };
    const size = window.enabled ? Number(window.size) : Number.NaN;
    return {
      prefixes: prefixes.user === '' && prefixes.assistant === '' ? null : prefixes,
      limit: size > 0 ? Math.min(Math.floor(size), HISTORY_LIMIT) : HISTORY_LIMIT,
      query: query_prompt_template ?? '',
    };
  });
