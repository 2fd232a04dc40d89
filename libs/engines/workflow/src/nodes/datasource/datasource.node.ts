import { isJsonObject } from '#common';
import { MessageCollector } from '../../invoke/message-collector.js';
import { readsOfParameters, valueOf } from '../../invoke/parameter-value.js';
import type { DatasourceCall, WorkflowDatasources } from '../../ports/datasources.port.js';
import { requiredPort } from '../../ports/required-port.js';
import { SYSTEM_NODE } from '../../pool/selector.js';
import { FileValue } from '../../values/file-value.js';
import { NodeFailure, WorkflowError } from '../../workflow.errors.js';
import type { NodeContext, NodeType } from '../node-type.js';
import { failed, type NodeResult } from '../node-result.js';
import { isRepeatable } from '../repeatable.js';
import { readDatasourceSettings, type DatasourceSettings } from './datasource-settings.js';

/** Where the run of a knowledge pipeline begins: reads one thing from where it lies (contract workflow-engine 7.7, knowledge 23.5). */
export const datasourceNode: NodeType = {
  type: 'datasource',
  version: '1',
  execution: 'root',
  compile: (data) => {
    const settings = readDatasourceSettings(data);
    return {
      reads: readsOfParameters(settings.parameters),
      repeatable: isRepeatable(data, true),
      run: (context) => run(settings, context),
    };
  },
};

type Info = Record<string, unknown>;

async function run(settings: DatasourceSettings, context: NodeContext): Promise<NodeResult> {
  const type = context.pool.get([SYSTEM_NODE, 'datasource_type'])?.value;
  const info = context.pool.get([SYSTEM_NODE, 'datasource_info'])?.value;
  if (typeof type !== 'string') throw new NodeFailure('Datasource type is not set', { errorType: 'DatasourceNodeError' });
  if (!isJsonObject(info)) throw new NodeFailure('Datasource info is not set', { errorType: 'DatasourceNodeError' });
  const account = { inputs: info, metadata: { datasource_info: info } };
  try {
    return { status: 'succeeded', outputs: await outputsOf(type, info, settings, context), ...account };
  } catch (error) {
    if (error instanceof WorkflowError) return failed(error.message, error.errorType, account);
    const [message, name] = error instanceof Error ? [error.message, error.name] : [String(error), ''];
    return failed(`Failed to invoke datasource: ${message}`, name, account);
  }
}

async function outputsOf(type: string, info: Info, settings: DatasourceSettings, context: NodeContext): Promise<Record<string, unknown>> {
  if (type === 'website_crawl') return { ...info, datasource_type: type };
  const datasources = requiredPort(context.ports, 'datasources');
  const call = callOf(info, settings, context);
  switch (type) {
    case 'local_file':
      return { file: await localFile(info, datasources), datasource_type: type };
    case 'online_document': {
      const { text: _text, files: _files, json: _json, ...variables } = await heard(datasources.readDocument(call), context);
      return { ...info, ...variables, datasource_type: type };
    }
    case 'online_drive': {
      const { files } = await heard(datasources.readDrive(call), context);
      const [file] = files;
      if (file === undefined)
        throw new NodeFailure('Failed to transform datasource message: there is no file in it.', { errorType: 'DatasourceNodeError' });
      return { file, datasource_type: type };
    }
    default:
      throw new NodeFailure(`Unsupported datasource provider: ${type}`, { errorType: 'DatasourceNodeError' });
  }
}

function callOf(info: Info, { choice, parameters }: DatasourceSettings, context: NodeContext): DatasourceCall {
  const values = [...parameters].map(([name, parameter]) => [name, valueOf(parameter, context) ?? null] as const);
  return {
    choice,
    info,
    parameters: context.secrets.reveal(Object.fromEntries(values)),
    user: context.facts.userId,
    signal: context.signal,
  };
}

async function localFile(info: Info, datasources: WorkflowDatasources): Promise<FileValue> {
  const file = typeof info.related_id === 'string' && info.related_id !== '' ? await datasources.localFile(info.related_id) : null;
  if (file === null) throw new NodeFailure('Failed to invoke datasource: File is not exist', { errorType: 'DatasourceNodeError' });
  return file;
}

async function heard(
  messages: Parameters<MessageCollector['listen']>[0],
  context: NodeContext,
): Promise<Record<string, unknown> & { files: readonly FileValue[] }> {
  const collector = new MessageCollector(context);
  await collector.listen(messages);
  return { ...collector.outputs(), files: collector.madeFiles };
}
