import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isJsonObject } from '#common';
import type { GraphDocument } from '../graph/graph-document.js';
import type { RunInputs } from '../pool/initial-pool.js';
import { workflowOf } from '../dsl/dsl-workflow.js';
import { parseDsl } from '../dsl/parse-dsl.js';
import { FileValue, type FileFacts } from '../values/file-value.js';
import type { WireFrame } from '../wire/wire-frame.js';

type Values = Readonly<Record<string, unknown>>;

interface Exchange {
  readonly request: { readonly path: string; readonly body?: Values };
  readonly response: { readonly events?: readonly { readonly data?: WireFrame; readonly raw?: string }[] };
}

const FOLDER = join(import.meta.dirname, '../../../../../../shared/contract/traces');

/** Recordings lie beside the repository, and are absent in most places. */
export const hasRecordings = existsSync(FOLDER);

/** A graph with what is set around it. */
export interface ReplayedWorkflow {
  readonly graph: GraphDocument;
  readonly environment?: RunInputs['environment'];
  readonly conversation?: RunInputs['conversation'];
}

/** A run of a Dify, as it was recorded. */
export interface RecordedRun {
  readonly name: string;
  readonly mode: 'workflow' | 'advanced-chat';
  /** Null for the fixtures of the original, whose files are not there. */
  readonly workflow: ReplayedWorkflow | null;
  /** Files are facts, ready for a pool. */
  readonly inputs: Values;
  readonly query: string;
  /** `sys.*` of the run, as its start node had them. */
  readonly system: Values;
  readonly conversation: string;
  /** Without pings. */
  readonly frames: readonly WireFrame[];
}

/** The runs in the files of a folder of recordings that came to an end; those that broke off by an accident of the recorder are left out. */
export function recordedRuns(folder: string): RecordedRun[] {
  if (!hasRecordings) return [];
  return readdirSync(join(FOLDER, folder)).flatMap((file) => {
    const name = file.replace(/\.json$/, '');
    const { exchanges } = JSON.parse(readFileSync(join(FOLDER, folder, file), 'utf8')) as { exchanges: Exchange[] };
    const workflow = workflowIn(exchanges);
    const runs = exchanges.map((exchange) => ({ ...exchange, frames: framesOf(exchange) })).filter(({ frames }) => hasEnd(frames));
    return runs.map(({ request: { body = {} }, frames }, index) => ({
      name: `${folder}/${name}${runs.length === 1 ? '' : ` ${index + 1}`}`,
      mode: frames.some((frame) => 'conversation_id' in frame) ? 'advanced-chat' : 'workflow',
      workflow,
      inputs: inputsOf(frames),
      query: (body.query ?? '') as string,
      system: systemOf(frames),
      conversation: (frames[0]?.conversation_id ?? '') as string,
      frames,
    }));
  });
}

function workflowIn(exchanges: readonly Exchange[]): ReplayedWorkflow | null {
  const text = exchanges.map(({ request }) => request.body?.yaml_content).find((yaml) => typeof yaml === 'string');
  if (text === undefined || text.startsWith('<')) return null;
  const { document } = parseDsl(text);
  return document === null ? null : workflowOf(document).workflow;
}

function framesOf({ response: { events = [] } }: Exchange): WireFrame[] {
  return events.flatMap(({ data }) => (data === undefined ? [] : [data]));
}

function hasEnd(frames: readonly WireFrame[]): boolean {
  return (
    frames[0]?.event === 'workflow_started' && frames.some(({ event }) => event === 'workflow_finished' || event === 'workflow_paused')
  );
}

/** What the caller filled in, as the run took it. */
function inputsOf(frames: readonly WireFrame[]): Values {
  const inputs = ((frames[0]?.data as Values).inputs ?? {}) as Values;
  return Object.fromEntries(Object.entries(inputs).flatMap(([name, value]) => (name.startsWith('sys.') ? [] : [[name, revived(value)]])));
}

/** A value of the wire as runs have it: files are files again. */
export function revived(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revived);
  if (!isJsonObject(value) || value.dify_model_identity === undefined) return value;
  const file = value as Record<string, never>;
  return new FileValue({
    id: null,
    tenantId: file.tenant_id,
    type: file.type,
    transferMethod: file.transfer_method,
    remoteUrl: file.remote_url,
    relatedId: file.related_id,
    filename: file.filename,
    extension: file.extension,
    mimeType: file.mime_type,
    size: file.size,
    url: file.url,
  } as unknown as FileFacts);
}

function systemOf(frames: readonly WireFrame[]): Values {
  const start = frames.find(({ event, data }) => event === 'node_finished' && (data as Values).node_type === 'start') ?? frames[0];
  const inputs = ((start?.data as Values).inputs ?? {}) as Values;
  return Object.fromEntries(Object.entries(inputs).flatMap(([name, value]) => (name.startsWith('sys.') ? [[name.slice(4), value]] : [])));
}
