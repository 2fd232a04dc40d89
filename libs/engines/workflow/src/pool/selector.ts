/** Names a value: node id, variable, and further keys into an object or a file. */
export type Selector = readonly string[];

/** First elements that name no node (contract workflow-engine 3.3). */
export const SYSTEM_NODE = 'sys';
export const ENVIRONMENT_NODE = 'env';
export const CONVERSATION_NODE = 'conversation';
export const PIPELINE_NODE = 'rag';
const RESERVED = new Set([SYSTEM_NODE, ENVIRONMENT_NODE, CONVERSATION_NODE, PIPELINE_NODE]);

/** Whether a selector's first element is one of the engine's own. */
export function isReservedNode(nodeId: string): boolean {
  return RESERVED.has(nodeId);
}

/** Reads a selector as DSL files have it; undefined when it is none. */
export function parseSelector(raw: unknown): Selector | undefined {
  if (!Array.isArray(raw) || raw.length < 2) return undefined;
  return raw.every((part) => typeof part === 'string' && part !== '') ? (raw as string[]) : undefined;
}

/** Whether two selectors name the same variable; further keys are not looked at. */
export function sameVariable(a: Selector, b: Selector): boolean {
  return a[0] === b[0] && a[1] === b[1];
}

/** A selector as a text for messages. */
export function selectorText(selector: Selector): string {
  return selector.join('.');
}
