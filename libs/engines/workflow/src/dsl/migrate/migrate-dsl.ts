import { copied, isMapping, mappingAt, mappingsIn } from '../content.js';
import { currentVersionOf, hasGraph, type DslContent, type DslDocument } from '../dsl-document.js';
import { hasLegacyFileUpload, normalFeatures } from '../features.js';
import { ChangeLog, type DslChange } from './dsl-change.js';
import { migrateGraph } from './migrate-graph.js';

/** How a document is brought to the current version. */
export interface MigrateOptions {
  /**
   * The graph stays as it is. For imports through Dify's API, which give a graph back as it came; the engine reads the old forms too. Default false.
   */
  keepGraph?: boolean;
}

const ICON_TYPES = new Set<unknown>(['emoji', 'image', 'link']);
const DEFAULT_BACKGROUND = '#FFFFFF';
const LISTS = ['environment_variables', 'conversation_variables', 'rag_pipeline_variables'] as const;
const SELECTOR_ROOT: Readonly<Record<string, string>> = { environment_variables: 'env', conversation_variables: 'conversation' };

/**
 * A document of any version, 0.1 to 0.6, in the form of the current one: the same app, written as the current version writes it. Old forms of nodes become the
 * new ones (contract workflow-engine 1.6); a run gives what it gave before. Doing it twice changes nothing. A file of a newer version is left as it is.
 */
export function migrateDsl(document: DslDocument, options: MigrateOptions = {}): { document: DslDocument; changes: readonly DslChange[] } {
  const log = new ChangeLog();
  const content = copied(document.content as DslContent);
  const version = currentVersionOf(document.kind);
  if (content.version !== version) log.add('VERSION', 'version', `The version ${document.version} becomes ${version}.`);
  content.version = version;
  content.kind = document.kind;
  migrateHead(mappingAt(content, document.kind), document, log);
  if (hasGraph(document.mode)) {
    const workflow = mappingAt(content, 'workflow');
    migrateWorkflow(workflow, log);
    if (options.keepGraph !== true && isMapping(workflow.graph)) migrateGraph(workflow.graph, log);
  }
  return { document: { ...document, version, content }, changes: log.changes };
}

function migrateHead(head: DslContent, { kind }: DslDocument, log: ChangeLog): void {
  if (!ICON_TYPES.has(head.icon_type)) {
    log.add('ICON_TYPE', `${kind}.icon_type`, 'An icon without a known type is an emoji.');
    head.icon_type = 'emoji';
  }
  head.icon_background ??= DEFAULT_BACKGROUND;
  head.description ??= '';
  if (kind === 'app') head.use_icon_as_answer_icon ??= false;
}

function migrateWorkflow(workflow: DslContent, log: ChangeLog): void {
  if (hasLegacyFileUpload(workflow.features))
    log.add('FILE_UPLOAD', 'workflow.features.file_upload.image', 'The upload of pictures becomes an upload of files of the type image.');
  workflow.features = normalFeatures(mappingAt(workflow, 'features'));
  for (const list of LISTS) {
    if (!Array.isArray(workflow[list])) workflow[list] = [];
    const root = SELECTOR_ROOT[list];
    if (root === undefined) continue;
    for (const variable of mappingsIn(workflow[list])) {
      variable.description ??= '';
      if (!Array.isArray(variable.selector) && typeof variable.name === 'string') variable.selector = [root, variable.name];
    }
  }
}
