/** A graph as DSL files and the console have it (contract workflow-engine 2). Unknown keys are kept by whoever writes it again. */
export interface GraphDocument {
  nodes: readonly GraphDocumentNode[];
  edges: readonly GraphDocumentEdge[];
  [key: string]: unknown;
}

export interface GraphDocumentNode {
  id: string;
  /** `custom-note` is a remark; everything else is told by `data.type`. */
  type?: string;
  data: Record<string, unknown>;
  [key: string]: unknown;
}

export interface GraphDocumentEdge {
  source?: unknown;
  target?: unknown;
  sourceHandle?: unknown;
  [key: string]: unknown;
}
