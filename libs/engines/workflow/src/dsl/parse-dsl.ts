import { PyFloat } from '#common';
import type { GraphProblem } from '../workflow.errors.js';
import { isMapping, mappingAt, textIn } from './content.js';
import { DSL_MODES, hasGraph, type DslContent, type DslDocument, type DslKind, type DslMode } from './dsl-document.js';
import { isDslVersion, OLDEST_DSL_VERSION } from './dsl-version.js';
import { readYaml, type YamlLimits } from './yaml/read-yaml.js';
import { YamlError } from './yaml/yaml.errors.js';

/** How a file is read. */
export interface ParseDslOptions {
  limits?: YamlLimits;
  /**
   * What the file is taken for. Default: what its `kind` says, an app where it says nothing known. The routes that import apps and pipelines force theirs
   * (contract workflow-engine 1.1).
   */
  kind?: DslKind;
}

/** What came of reading a file. */
export interface ParsedDsl {
  /** Null when the file can't be imported; the problems say why. */
  readonly document: DslDocument | null;
  /** `field` is a path in the file. With an `error` among them there is no document. */
  readonly problems: readonly GraphProblem[];
}

/**
 * Reads a DSL file of any version and mode. Never throws for what is wrong with it, and never reaches outside. What is wrong with its graph is told by
 * `checkDsl`.
 */
export function parseDsl(text: string, options: ParseDslOptions = {}): ParsedDsl {
  try {
    const { value, repeatedKeys } = readYaml(text, options.limits);
    const repeated = repeatedKeys.map((key) =>
      problem('warning', 'REPEATED_KEY', `The key ${key} stands twice in one mapping; the last one counts. Remove the other.`),
    );
    if (!isMapping(value)) return failed([problem('error', 'NOT_A_MAPPING', 'Invalid YAML format: content must be a mapping')]);
    const { document, problems } = documentOf(value, options.kind);
    return { document, problems: [...repeated, ...problems] };
  } catch (error) {
    if (error instanceof YamlError) return failed([problem('error', 'INVALID_YAML', `Invalid YAML format: ${error.message}`)]);
    throw error;
  }
}

/** The document of a file's content; for content that comes from elsewhere than a file. */
export function documentOf(content: DslContent, asKind?: DslKind): ParsedDsl {
  const problems: GraphProblem[] = [];
  const kind = asKind ?? (content.kind === 'rag_pipeline' ? 'rag_pipeline' : 'app');
  const version = readVersion(content.version, problems);
  const head = readHead(content, kind, problems);
  const mode = kind === 'rag_pipeline' ? 'rag-pipeline' : readMode(head, problems);
  if (mode !== undefined) requireBody(content, mode, problems);
  if (mode === undefined || version === undefined || problems.length > 0) return failed(problems);
  return { document: { kind, mode, version, name: textIn(head.name) ?? '', content }, problems };
}

function readVersion(raw: unknown, problems: GraphProblem[]): string | undefined {
  if (raw === undefined || raw === null || raw === '' || raw === 0 || raw === false) return OLDEST_DSL_VERSION;
  if (typeof raw !== 'string') {
    const message = `Invalid version type, expected str, got <class '${typeName(raw)}'>. Put the version in quotes, such as '0.6.0'.`;
    problems.push(problem('error', 'INVALID_VERSION', message, 'version'));
    return undefined;
  }
  if (isDslVersion(raw)) return raw;
  problems.push(problem('error', 'INVALID_VERSION', `Invalid version: ${raw}. A version is three numbers, such as 0.6.0.`, 'version'));
  return undefined;
}

function typeName(value: unknown): string {
  if (value instanceof PyFloat) return 'float';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float';
  if (typeof value === 'boolean') return 'bool';
  return Array.isArray(value) ? 'list' : 'dict';
}

function readHead(content: DslContent, kind: DslKind, problems: GraphProblem[]): DslContent {
  const head = mappingAt(content, kind);
  if (Object.keys(head).length > 0) return head;
  problems.push(
    kind === 'app'
      ? problem('error', 'MISSING_APP', 'Missing app data in YAML content: the key `app` with name and mode is needed.', 'app')
      : problem(
          'error',
          'MISSING_PIPELINE',
          'Missing rag_pipeline data in YAML content: the key `rag_pipeline` is needed.',
          'rag_pipeline',
        ),
  );
  return head;
}

function readMode(head: DslContent, problems: GraphProblem[]): DslMode | undefined {
  if (Object.keys(head).length === 0) return undefined;
  const known: readonly DslMode[] = DSL_MODES.filter((mode) => mode !== 'rag-pipeline');
  const mode = known.find((name) => name === head.mode);
  if (mode !== undefined) return mode;
  const given = textIn(head.mode);
  const what = given === undefined ? 'loss app mode' : `'${given}' is not a valid AppMode`;
  problems.push(problem('error', 'INVALID_MODE', `${what}: app.mode is one of ${known.join(', ')}.`, 'app.mode'));
  return undefined;
}

function requireBody(content: DslContent, mode: DslMode, problems: GraphProblem[]): void {
  const key = hasGraph(mode) ? 'workflow' : 'model_config';
  if (Object.keys(mappingAt(content, key)).length > 0) return;
  const [code, what] =
    key === 'workflow'
      ? ['MISSING_WORKFLOW', 'Missing workflow data for workflow/advanced chat app']
      : ['MISSING_MODEL_CONFIG', 'Missing model_config for chat/agent-chat/completion app'];
  problems.push(problem('error', code, `${what}: the key \`${key}\` is needed.`, key));
}

function problem(level: GraphProblem['level'], code: string, message: string, field?: string): GraphProblem {
  return { level, code, message, ...(field === undefined ? {} : { field }) };
}

function failed(problems: readonly GraphProblem[]): ParsedDsl {
  return { document: null, problems };
}
