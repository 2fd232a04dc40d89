import { documentOf } from '../dsl/parse-dsl.js';
import type { DslContent, DslDocument } from '../dsl/dsl-document.js';

/** A document of a workflow whose nodes have this `data`, by id; edges as `source:handle -> target`, parts of the file beside them. */
export function dslWith(
  nodes: Readonly<Record<string, Record<string, unknown> & { type: string }>>,
  edges: readonly string[] = [],
  { app = {}, workflow = {}, ...more }: { app?: object; workflow?: object; version?: string; [key: string]: unknown } = {},
): DslDocument {
  const content = {
    version: '0.6.0',
    kind: 'app',
    app: { name: 'Test', mode: 'workflow', ...app },
    workflow: {
      graph: {
        nodes: Object.entries(nodes).map(([id, data]) => ({ id, type: 'custom', position: { x: 0, y: 0 }, data: { title: id, ...data } })),
        edges: edges.map((line) => {
          const [from = '', target = ''] = line.split(' -> ');
          const [source, sourceHandle] = from.split(':');
          return { source, target, ...(sourceHandle === undefined ? {} : { sourceHandle }) };
        }),
      },
      features: {},
      ...workflow,
    },
    ...more,
  };
  const { document } = documentOf(structuredClone(content) as unknown as DslContent);
  if (document === null) throw new Error('The document of the test is none.');
  return document;
}
