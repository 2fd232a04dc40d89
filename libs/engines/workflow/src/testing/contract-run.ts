import { CodeSandbox, type CodeRequest, type CodeResult } from '#engines/sandbox';
import { graphOf } from './graph.factory.js';
import { MOCK_TEXT, MockModels } from './mock-models.js';
import type { NodeSettings } from './node-data.js';
import { runGraph, type HarnessOptions, type Told } from './workflow.harness.js';

/** What a fixture of contract workflow-engine 13 is asked; its conventions where nothing is said. */
export interface Asked {
  query?: string;
  inputs?: Record<string, unknown>;
  model?: ConstructorParameters<typeof MockModels>[0];
  sandbox?: CodeSandbox;
  conversation?: NonNullable<HarnessOptions['run']>['conversation'];
  types?: HarnessOptions['types'];
}

/** Runs a graph by the conventions of contract workflow-engine 13. */
export function runFixture(
  nodes: Record<string, NodeSettings>,
  edges: readonly string[],
  { query = 'hi', inputs = {}, model = MOCK_TEXT, sandbox, conversation, types }: Asked = {},
): Promise<Told> {
  return runGraph(graphOf(nodes, edges), {
    inputs,
    types,
    ports: { models: new MockModels(model), sandbox },
    run: {
      system: { user_id: 'test_user', app_id: 'test_app', workflow_id: 'test_workflow', files: [], query },
      ...(conversation && { conversation }),
    },
  });
}

/** Where a line stands. Throws when it is not there. */
export function placeOf(told: Told, line: string): number {
  const index = told.lines.indexOf(line);
  if (index < 0) throw new Error(`no ${line} in\n${told.lines.join('\n')}`);
  return index;
}

/** The texts of all chunks, in order. */
export function chunksOf(told: Told): string[] {
  return told.events.flatMap((event) => (event.type === 'chunk' ? [event.text] : []));
}

/** Code that answers by its name. */
export class NamedCode extends CodeSandbox {
  readonly isRepeatable = true;

  constructor(private readonly answers: Record<string, (inputs: Readonly<Record<string, unknown>>) => CodeResult['value']>) {
    super();
  }

  override run({ code: name, inputs }: CodeRequest): Promise<CodeResult> {
    const value = this.answers[name]?.(inputs) ?? { result: 'mocked code execution result' };
    return Promise.resolve({ json: JSON.stringify(value), value, stdout: '' });
  }

  override close(): Promise<void> {
    return Promise.resolve();
  }
}
