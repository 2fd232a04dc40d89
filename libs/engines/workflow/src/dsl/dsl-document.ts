import type { PythonJson } from '#common';

/** The version that is written, and up to which files are read without a question (contract workflow-engine 1.1). */
export const CURRENT_DSL_VERSION = '0.6.0';
/** The same for files of RAG pipelines, which have a version line of their own. */
export const CURRENT_PIPELINE_DSL_VERSION = '0.1.0';

/** What a DSL file describes: an app, or the pipeline of a knowledge base. */
export type DslKind = 'app' | 'rag_pipeline';

/** Modes of apps, as files name them; `rag-pipeline` for pipelines, whose files name none. */
export const DSL_MODES = ['workflow', 'advanced-chat', 'chat', 'agent-chat', 'completion', 'rag-pipeline'] as const;
export type DslMode = (typeof DSL_MODES)[number];

/** A mapping of a DSL file, as it was read: whole floats are `PyFloat`, integers beyond 2^53 bigint. */
export type DslContent = Record<string, PythonJson>;

/** A DSL file that was read. Plain data: nothing in it has been looked up, fetched or run. */
export interface DslDocument {
  readonly kind: DslKind;
  readonly mode: DslMode;
  /** As the file has it; `0.1.0` where it has none. */
  readonly version: string;
  /** Name of the app or pipeline; empty where the file has none. */
  readonly name: string;
  /** The whole file, keys that nobody knows included. Not to be changed: whoever alters a document makes a new one. */
  readonly content: Readonly<DslContent>;
}

/** Whether the app is a graph. */
export function hasGraph(mode: DslMode): boolean {
  return mode === 'workflow' || mode === 'advanced-chat' || mode === 'rag-pipeline';
}

/** The version that files of a kind are written in. */
export function currentVersionOf(kind: DslKind): string {
  return kind === 'app' ? CURRENT_DSL_VERSION : CURRENT_PIPELINE_DSL_VERSION;
}
