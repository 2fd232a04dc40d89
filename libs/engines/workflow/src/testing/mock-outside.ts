import { DocumentReader } from '#engines/knowledge';
import { CodeSandbox, type CodeRequest, type CodeResult } from '#engines/sandbox';
import { isJsonObject } from '#common';
import type { GraphDocument } from '../graph/graph-document.js';
import { Retriever, type Retrieved } from '../ports/retriever.port.js';

/** A text that mocked code gives: nodes behind it may take it for an address. */
const TEXT = 'https://mocked.test/code-execution-result';

/** What mocked code gives for a type of output. */
function samples(variant: number): Readonly<Record<string, unknown>> {
  const isEven = variant % 2 === 0;
  return {
    string: TEXT,
    number: variant,
    boolean: isEven,
    object: { result: TEXT },
    'array[string]': [TEXT],
    'array[number]': [variant],
    'array[object]': [{ result: TEXT }],
    'array[boolean]': [isEven],
  };
}

/** Code that gives what the node it stands in declares, whatever it says; other values for another `variant`. */
export class DeclaredOutputs extends CodeSandbox {
  readonly isRepeatable = true;
  private readonly outputs = new Map<string, unknown>();

  constructor(graph: GraphDocument, variant = 0) {
    super();
    for (const { data } of graph.nodes)
      if (typeof data.code === 'string')
        this.outputs.set(data.code, sampleOf({ type: 'object', children: data.outputs }, samples(variant)));
  }

  override run({ code }: CodeRequest): Promise<CodeResult> {
    const value = (this.outputs.get(code) ?? {}) as CodeResult['value'];
    return Promise.resolve({ json: JSON.stringify(value), value, stdout: '' });
  }

  override close(): Promise<void> {
    return Promise.resolve();
  }
}

function sampleOf({ type, children }: Readonly<Record<string, unknown>>, values: Readonly<Record<string, unknown>>): unknown {
  if (type === 'object' && isJsonObject(children))
    return Object.fromEntries(
      Object.entries(children).map(([name, child]) => [name, isJsonObject(child) ? sampleOf(child, values) : null]),
    );
  return values[String(type)] ?? null;
}

/** Knowledge bases that all hold one sentence. */
export class OneSentence extends Retriever {
  override retrieve(): Promise<Retrieved> {
    const segment = { id: 's1', hitCount: 0, wordCount: 2, position: 1, indexNodeHash: null, children: [] };
    const facts = { answer: null, title: 'doc', summary: null, files: [], score: 1, datasetId: 'd1', datasetName: 'd', documentId: 'doc1' };
    return Promise.resolve({
      segments: [
        { content: 'Mocked knowledge.', documentName: 'doc', dataSourceType: 'upload_file', docMetadata: null, segment, ...facts },
      ],
      usage: null,
    });
  }
}

/** Documents whose text is always the same. */
export class OneText extends DocumentReader {
  override read(): Promise<string> {
    return Promise.resolve('Mocked document.');
  }
}
