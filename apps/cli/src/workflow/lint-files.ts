import { checkDsl, importVerdict, migrateDsl, NodeRegistry, nodeTypes, type DslChange, type GraphProblem } from '#engines/workflow';
import { parseArguments } from '../arguments.js';
import { UsageError } from '../command.js';
import { problemLine, readDslFile } from './read-dsl-file.js';

/** What was found in a file. */
interface Report {
  file: string;
  /** How an import would take it; `failed` when it can't be read. */
  import: string;
  mode: string | null;
  version: string | null;
  problems: readonly GraphProblem[];
  /** Old forms that the engine reads, and the current version writes otherwise. */
  oldForms: readonly DslChange[];
}

/** Checks DSL files, prints what is wrong with them, and resolves to 1 when one has an error. */
export async function lintFiles(args: readonly string[]): Promise<number> {
  const { words, flags } = parseArguments(args, [], ['json']);
  if (words.length === 0) throw new UsageError('name one file or more');
  const registry = new NodeRegistry(nodeTypes);
  const reports: Report[] = [];
  for (const file of words) reports.push(await examine(file, registry));
  if (flags.has('json')) console.log(JSON.stringify(reports, null, 2));
  else for (const report of reports) print(report);
  return reports.some(({ problems }) => problems.some(({ level }) => level === 'error')) ? 1 : 0;
}

async function examine(file: string, registry: NodeRegistry): Promise<Report> {
  const { document, problems } = await readDslFile(file);
  if (document === null) return { file, import: 'failed', mode: null, version: null, problems, oldForms: [] };
  return {
    file,
    import: importVerdict(document),
    mode: document.mode,
    version: document.version,
    problems: [...problems, ...checkDsl(document, registry)],
    oldForms: migrateDsl(document).changes,
  };
}

function print({ file, mode, version, problems }: Report): void {
  for (const problem of problems) console.log(problemLine(file, problem));
  const errors = problems.filter(({ level }) => level === 'error').length;
  const what = mode === null ? '' : ` (${mode}, version ${version ?? ''})`;
  console.log(`${file}${what}: ${counted(errors, 'error')}, ${counted(problems.length - errors, 'warning')}`);
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
