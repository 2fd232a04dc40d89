import type { StartForm } from '../nodes/start/start-form.js';
import type { CompiledGraph } from './compiled-graph.js';

/** The form that a run of a graph is started with; undefined for graphs that something else starts. */
export function startFormOf({ main }: CompiledGraph): StartForm | undefined {
  return main.nodes.find(({ compiled }) => compiled.form !== undefined)?.compiled.form;
}
