import type { Clock } from '#common';
import type { DocumentReader } from '#engines/knowledge';
import type { CodeSandbox } from '#engines/sandbox';
import type { TokenCounter } from '#engines/chat';
import type { AgentStrategies } from './agent-strategies.port.js';
import type { WorkflowFiles } from './files.port.js';
import type { WorkflowHttp } from './http.port.js';
import type { WorkflowMemory } from './memory.port.js';
import type { WorkflowModels } from './models.port.js';
import type { WorkflowDatasources } from './datasources.port.js';
import type { HumanForms } from './human-forms.port.js';
import type { KnowledgeIndexer } from './knowledge-indexer.port.js';
import type { Retriever } from './retriever.port.js';
import type { WorkflowTools } from './tools.port.js';

/**
 * All that a run reaches outside for, bound to one workspace, app and person. A node whose port is absent fails and says so. Tests hand in doubles; the
 * application hands in the real things.
 */
export interface WorkflowPorts {
  readonly clock: Clock;
  /** Ids of node executions. */
  newId(): string;
  /** Resolves after so many milliseconds; rejects with the signal's reason when it fires. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /**
   * Awaited before a node that must not run twice does anything outside: resolves when the start of its execution is stored. Absent where nothing is
   * stored.
   */
  beforeEffect?(node: { scope: string; nodeId: string; executionId: string }): Promise<void>;
  /** For llm, question-classifier and parameter-extractor nodes. */
  readonly models?: WorkflowModels;
  /** Absent: nodes with memory remember nothing. */
  readonly memory?: WorkflowMemory;
  /** Absent: tokens are not counted, and no history is cut to a model's context. */
  readonly tokens?: TokenCounter;
  /** For nodes that read or keep files. */
  readonly files?: WorkflowFiles;
  /** For document-extractor nodes. */
  readonly documents?: DocumentReader;
  /** For http-request nodes. */
  readonly http?: WorkflowHttp;
  /** For knowledge-retrieval nodes. */
  readonly retriever?: Retriever;
  /** For datasource nodes. */
  readonly datasources?: WorkflowDatasources;
  /** For knowledge-index nodes. */
  readonly indexer?: KnowledgeIndexer;
  /** For human-input nodes. */
  readonly forms?: HumanForms;
  /** For tool nodes. */
  readonly tools?: WorkflowTools;
  /** For agent nodes. */
  readonly agents?: AgentStrategies;
  /** For code nodes. */
  readonly sandbox?: CodeSandbox;
}
