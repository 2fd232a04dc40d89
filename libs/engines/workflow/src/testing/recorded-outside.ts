import { CodeFailure, CodeSandbox, type CodeRequest, type CodeResult } from '#engines/sandbox';
import { DocumentError, DocumentReader } from '#engines/knowledge';
import type { Json } from '#common';
import type { NewFile } from '../ports/files.port.js';
import { WorkflowHttp, WorkflowHttpError, type HttpAnswer } from '../ports/http.port.js';
import { Retriever, type Retrieved, type RetrievedSegment } from '../ports/retriever.port.js';
import type { WorkflowPorts } from '../ports/workflow-ports.js';
import type { InvokeMessage } from '../ports/invoke-message.js';
import type { WireFrame } from '../wire/wire-frame.js';
import type { FileValue } from '../values/file-value.js';
import { echoModels } from './echo-model.js';
import { MemoryFiles } from './memory-files.js';
import { MemoryForms } from './memory-forms.js';
import { MockHttp } from './mock-http.js';
import { revived } from './recordings.js';
import { ScriptedTools } from './scripted-tools.js';

type Values = Readonly<Record<string, unknown>>;

/** What nodes of a type came to in a recorded run, attempt by attempt. */
function endsOf(frames: readonly WireFrame[], type: string): Values[] {
  return frames
    .filter(({ event, data }) => (event === 'node_finished' || event === 'node_retry') && (data as Values).node_type === type)
    .map(({ data }) => data as Values);
}

const hasFailed = ({ status }: Values): boolean => status !== 'succeeded';
/** What is told of a caught failure is in its outputs. */
const errorOf = ({ error, outputs }: Values): string => String((outputs as Values | null)?.error_message ?? error);

class RecordedError extends Error {
  constructor(end: Values) {
    super(errorOf(end));
    this.name = ((end.outputs as Values | null)?.error_type ?? 'PluginInvokeError') as string;
  }
}

/** The outside of a recorded run: models that echo, and everything else answers what it answered then, attempt by attempt. */
export function recordedOutside(frames: readonly WireFrame[]): Partial<WorkflowPorts> {
  const tools = endsOf(frames, 'tool');
  const names = Object.keys(tools[0]?.inputs ?? {});
  const failedModels = endsOf(frames, 'llm').filter(hasFailed);
  return {
    models: echoModels((attempt) => new RecordedError(failedModels[attempt] ?? {})),
    files: new RecordedFiles(endsOf(frames, 'http-request')),
    forms: new MemoryForms(),
    sandbox: new RecordedCode(endsOf(frames, 'code')),
    http: recordedHttp(endsOf(frames, 'http-request')),
    documents: new RecordedDocuments(endsOf(frames, 'document-extractor')),
    retriever: new RecordedRetriever(endsOf(frames, 'knowledge-retrieval')),
    tools: new ScriptedTools((attempt) => toolScript(tools[attempt] ?? {}), {
      parameters: names.map((name) => ({ name, form: 'llm', required: false })),
      ...(tools[0] !== undefined && hasFailed(tools[0]) && { missing: new Error(errorOf(tools[0])) }),
    }),
  };
}

function toolScript({ outputs = {} }: Values): InvokeMessage[] {
  const { text } = outputs as { text?: string };
  return text === undefined ? [] : [{ type: 'text', text }];
}

/** Code that gives what it gave; a failure of the node's own checks is left to the node. */
class RecordedCode extends CodeSandbox {
  readonly isRepeatable = true;
  private count = 0;

  constructor(private readonly ends: readonly Values[]) {
    super();
  }

  override run({ code }: CodeRequest): Promise<CodeResult> {
    const end = this.ends[this.count++];
    if (end === undefined) throw new Error('The recorded run ran less code.');
    if (hasFailed(end)) {
      const returned = /return (\{.*\})/.exec(code)?.[1]?.replaceAll("'", '"');
      if (/Traceback|error/i.test(errorOf(end)) || returned === undefined)
        throw new CodeFailure({ reason: 'exception', message: errorOf(end) });
      return Promise.resolve(resultOf(JSON.parse(returned) as Json));
    }
    return Promise.resolve(resultOf(end.outputs as Json));
  }

  override close(): Promise<void> {
    return Promise.resolve();
  }
}

function resultOf(value: Json): CodeResult {
  return { json: JSON.stringify(value), value: value, stdout: '' };
}

/** What nodes store gets the facts it got then. */
class RecordedFiles extends MemoryFiles {
  constructor(private readonly ends: readonly Values[]) {
    super();
  }

  override async store(file: NewFile): Promise<FileValue> {
    const stored = await super.store(file);
    const [recorded] = this.ends.flatMap(({ outputs }) => ((outputs as Values | null)?.files ?? []) as unknown[]);
    return recorded === undefined ? stored : (revived(recorded) as FileValue);
  }

  override publicUrl(file: FileValue): Promise<string> {
    return file.facts.url === null ? super.publicUrl(file) : Promise.resolve(file.facts.url);
  }
}

/** A server whose answer nobody waited for. */
class SilentHttp extends WorkflowHttp {
  override send(): Promise<HttpAnswer> {
    return new Promise(() => undefined);
  }
}

function recordedHttp(ends: readonly Values[]): WorkflowHttp {
  if (ends.length === 0) return new SilentHttp();
  return new MockHttp((_, count) => {
    const end = ends[count - 1] ?? {};
    if (hasFailed(end)) {
      const error = errorOf(end);
      return /maximum retries/i.test(error) ? { status: 500 } : new WorkflowHttpError('connect', error);
    }
    const {
      status_code: status,
      body,
      headers,
      files,
    } = end.outputs as { status_code: number; body: string; headers: Record<string, string>; files: unknown[] };
    return { status, headers, body: files.length > 0 ? Buffer.alloc(70, 0x89) : body };
  });
}

class RecordedDocuments extends DocumentReader {
  private count = 0;

  constructor(private readonly ends: readonly Values[]) {
    super();
  }

  override read(): Promise<string> {
    const end = this.ends[this.count++] ?? {};
    if (hasFailed(end)) return Promise.reject(new DocumentError(errorOf(end)));
    return Promise.resolve(String((end.outputs as Values).text));
  }
}

class RecordedRetriever extends Retriever {
  constructor(private readonly ends: readonly Values[]) {
    super();
  }

  override retrieve(): Promise<Retrieved> {
    const found = ((this.ends[0]?.outputs as Values | undefined)?.result ?? []) as { content: string; title: string; metadata: Values }[];
    return Promise.resolve({ segments: found.map(segmentOf), usage: null });
  }
}

function segmentOf({ content, title, metadata }: { content: string; title: string; metadata: Values }): RetrievedSegment {
  const text = (name: string): string => metadata[name] as string;
  return {
    content,
    title,
    answer: null,
    summary: null,
    files: [],
    score: metadata.score as number,
    datasetId: text('dataset_id'),
    datasetName: text('dataset_name'),
    documentId: text('document_id'),
    documentName: text('document_name'),
    dataSourceType: text('data_source_type'),
    docMetadata: (metadata.doc_metadata ?? null) as RetrievedSegment['docMetadata'],
    segment: {
      id: text('segment_id'),
      hitCount: metadata.segment_hit_count as number,
      wordCount: metadata.segment_word_count as number,
      position: metadata.segment_position as number,
      indexNodeHash: text('segment_index_node_hash'),
      children: [],
    },
  };
}
