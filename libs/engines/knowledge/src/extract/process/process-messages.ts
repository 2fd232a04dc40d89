import type { ExtractLimits } from '../extract-limits.js';

/** A document on its way to a process. */
export interface ReadMessage {
  readonly bytes: Uint8Array;
  readonly extension: string | null;
  readonly mimeType: string | null;
}

/** What became of it: its text, or what is wrong with it. */
export type ReadAnswer = { readonly text: string } | { readonly error: string };

/** What a process is started with. */
export interface ProcessSetup {
  readonly limits: Partial<ExtractLimits>;
}
