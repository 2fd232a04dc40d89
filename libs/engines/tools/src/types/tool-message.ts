/**
 * What a tool says while it works (contract models-agents-tools 9.4). Bytes and addresses are as the tool gave them: who runs it stores them and shows what it stored.
 */
export type ToolMessage =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'link'; readonly url: string }
  /** A picture by its address. */
  | { readonly type: 'image'; readonly url: string }
  /** A file; `filename` null: whoever stores it makes one up from the MIME type. */
  | { readonly type: 'blob'; readonly bytes: Uint8Array; readonly mimeType: string; readonly filename: string | null }
  /** `isSuppressed`: for workflows only, a model is not told. */
  | { readonly type: 'json'; readonly json: unknown; readonly isSuppressed: boolean }
  /** `isStreamed`: the value is a piece of text that is put behind those before it. */
  | { readonly type: 'variable'; readonly name: string; readonly value: unknown; readonly isStreamed: boolean }
  | { readonly type: 'log'; readonly log: ToolLog };

/** A step of the work; told at its start and again, with the same id, at its end. Names are those of the wire. */
export interface ToolLog {
  readonly id: string;
  readonly label: string;
  readonly parent_id: string | null;
  readonly error: string | null;
  readonly status: 'start' | 'error' | 'success';
  readonly data: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** A message of plain text. */
export function textMessage(text: string): ToolMessage {
  return { type: 'text', text };
}
