import type { LlmUsage } from '#engines/model-runtime';
import type { FileValue } from '../values/file-value.js';

/**
 * What a tool or an agent strategy says while it works (contract models-agents-tools 9.4). Files are stored already: the port turns the
 * images, links and blobs of a plugin into `file` messages.
 */
export type InvokeMessage =
  | { readonly type: 'text'; readonly text: string }
  /** `file` when the link leads to a file. */
  | { readonly type: 'link'; readonly url: string; readonly file?: FileValue }
  | { readonly type: 'file'; readonly file: FileValue }
  | { readonly type: 'json'; readonly json: unknown }
  /** `isStreamed`: the value is a piece that is put behind those before it. */
  | { readonly type: 'variable'; readonly name: string; readonly value: unknown; readonly isStreamed: boolean }
  | { readonly type: 'log'; readonly log: InvokeLog }
  /** What models used for all of the work; the last one counts. */
  | { readonly type: 'usage'; readonly usage: LlmUsage }
  | { readonly type: 'retriever_resources'; readonly resources: readonly Record<string, unknown>[]; readonly context: string };

/** A step of the work; told at its start and again, with the same id, at its end. Names are those of the wire. */
export interface InvokeLog {
  readonly id: string;
  readonly label: string;
  readonly parent_id: string | null;
  readonly error: string | null;
  readonly status: 'start' | 'error' | 'success';
  readonly data: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>>;
}
