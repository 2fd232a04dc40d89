import { copied, mappingAt, mappingsIn, nodesOf, type ContentNode } from './content.js';
import { hasGraph, type DslContent, type DslDocument } from './dsl-document.js';

/** What stays in a document that leaves its workspace. */
export interface RedactOptions {
  /** Values of secret variables and credentials of tools stay. Default false. */
  includeSecrets?: boolean;
  /** How ids of knowledge bases are written. Default: as they are. */
  sealDatasetId?: (id: string) => string;
}

/** What a schedule is set to in a file: when something runs is the matter of each workspace. */
const DEFAULT_SCHEDULE: DslContent = {
  mode: 'visual',
  frequency: 'daily',
  visual_config: { time: '12:00 AM', on_minute: 0, weekdays: ['sun'], monthly_days: [1] },
  timezone: 'UTC',
};

/** A copy of a document without what must not leave its workspace (contract workflow-engine 1.4). */
export function redactDsl(document: DslDocument, options: RedactOptions = {}): DslDocument {
  const content = copied(document.content as DslContent);
  if (hasGraph(document.mode)) {
    if (options.includeSecrets !== true) emptySecrets(mappingAt(content, 'workflow'));
    for (const node of nodesOf(content)) redactNode(node, options);
  } else {
    const tools = mappingAt(mappingAt(content, 'model_config'), 'agent_mode').tools;
    for (const tool of mappingsIn(tools)) delete tool.credential_id;
  }
  return { ...document, content };
}

function emptySecrets(workflow: DslContent): void {
  for (const variable of mappingsIn(workflow.environment_variables)) if (variable.value_type === 'secret') variable.value = '';
}

function redactNode({ type, data }: ContentNode, { includeSecrets = false, sealDatasetId }: RedactOptions): void {
  switch (type) {
    case 'tool':
      if (!includeSecrets) delete data.credential_id;
      break;
    case 'agent':
      if (!includeSecrets)
        for (const tool of mappingsIn(mappingAt(mappingAt(data, 'agent_parameters'), 'tools').value)) delete tool.credential_id;
      break;
    case 'knowledge-retrieval':
      if (sealDatasetId !== undefined && Array.isArray(data.dataset_ids))
        data.dataset_ids = data.dataset_ids.map((id) => (typeof id === 'string' ? sealDatasetId(id) : id));
      break;
    case 'trigger-schedule':
      data.config = copied(DEFAULT_SCHEDULE);
      break;
    case 'trigger-webhook':
      data.webhook_url = '';
      data.webhook_debug_url = '';
      break;
    case 'trigger-plugin':
      data.subscription_id = '';
      break;
    default:
  }
}
