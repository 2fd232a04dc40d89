import { drawGraph, workflowOf } from '#engines/workflow';
import { parseArguments } from '../arguments.js';
import { UsageError } from '../command.js';
import { writeDocument } from './npm-banner.js';
import { problemLine, readDslFile } from './read-dsl-file.js';

/** Writes the graph of a DSL file as SVG to standard output. */
export async function drawFile(args: readonly string[]): Promise<number> {
  const [file, ...more] = parseArguments(args).words;
  if (file === undefined || more.length > 0) throw new UsageError('name one file');
  const { document, problems } = await readDslFile(file);
  if (document === null) {
    for (const problem of problems) console.error(problemLine(file, problem));
    return 1;
  }
  const { workflow } = workflowOf(document);
  if (workflow === null) {
    console.error(`${file}: an app of the mode ${document.mode} has no graph to draw.`);
    return 1;
  }

  writeDocument(drawGraph(workflow.graph, { title: document.name }));
  return 0;
}
