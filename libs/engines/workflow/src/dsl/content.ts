import { PyFloat, type PythonJson } from '#common';
import type { DslContent } from './dsl-document.js';

/** Whether a value of a file is a mapping. */
export function isMapping(value: unknown): value is DslContent {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof PyFloat);
}

/** The mapping of a key; an empty one where there is none. */
export function mappingAt(content: Readonly<DslContent> | undefined, key: string): DslContent {
  const value = content?.[key];
  return isMapping(value) ? value : {};
}

/** The mappings among the elements of a list. */
export function mappingsIn(value: unknown): DslContent[] {
  return Array.isArray(value) ? (value as unknown[]).filter(isMapping) : [];
}

/** A text; undefined for anything else, and for an empty one. */
export function textIn(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A copy that can be changed. */
export function copied<T extends PythonJson>(value: T): T {
  if (Array.isArray(value)) return value.map((item) => copied(item)) as T;
  if (!isMapping(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, copied(item)])) as T;
}

/** A node of a file's graph. */
export interface ContentNode {
  readonly id: string;
  readonly title: string;
  /** `data.type`; empty where there is none. */
  readonly type: string;
  readonly node: DslContent;
  readonly data: DslContent;
}

/** The nodes of a file's graph that have an id; remarks are left out. */
export function nodesOf(content: Readonly<DslContent>): ContentNode[] {
  const graph = mappingAt(mappingAt(content, 'workflow'), 'graph');
  return mappingsIn(graph.nodes).flatMap((node) => {
    const data = isMapping(node.data) ? node.data : {};
    const id = textIn(node.id);
    if (id === undefined || node.type === 'custom-note') return [];
    return [{ id, title: textIn(data.title) ?? '', type: textIn(data.type) ?? '', node, data }];
  });
}
