import { isJsonObject } from '#common';
import type { LlmUsage } from '#engines/model-runtime';
import type { NodeContext } from '../nodes/node-type.js';
import type { InvokeLog, InvokeMessage } from '../ports/invoke-message.js';
import type { FileValue } from '../values/file-value.js';
import { segmentAs } from '../values/segment.js';
import { NodeFailure } from '../workflow.errors.js';

/** Outputs that every node of this kind has; a tool can't name a variable so. */
const RESERVED = new Set(['text', 'files', 'json']);

/**
 * Gathers what a tool or an agent strategy says into the outputs of a node, and shows at once what can be: text, pieces of variables, logs
 * (contract workflow-engine 7.13, 7.14).
 */
export class MessageCollector {
  /** What models used, as far as it was told. */
  usage: LlmUsage | null = null;
  private text = '';
  private readonly files: FileValue[] = [];
  private readonly json: unknown[] = [];
  private readonly variables = new Map<string, unknown>();
  private readonly streamed = new Set<string>();
  /** The last state of each step, in the order they began. */
  private readonly steps = new Map<string, InvokeLog>();

  constructor(private readonly context: NodeContext) {}

  /** Listens to the end. Throws what the speaker throws, and the signal's reason. */
  async listen(messages: AsyncIterable<InvokeMessage>): Promise<void> {
    for await (const message of messages) {
      this.context.signal.throwIfAborted();
      this.take(message);
    }
    this.context.closeStream('text');
    for (const name of this.streamed) this.context.closeStream(name);
  }

  /** The usage as a node's result carries it: left out where none was told. */
  get used(): { usage?: LlmUsage } {
    return this.usage === null ? {} : { usage: this.usage };
  }

  /** Files so far. */
  get madeFiles(): readonly FileValue[] {
    return this.files;
  }

  /** The outputs; `json` never is empty, and begins with the steps for nodes that show them there. */
  outputs({ withSteps = false } = {}): Record<string, unknown> {
    const json = this.json.length > 0 ? this.json : [{ data: [] }];
    const steps = withSteps ? [...this.steps.values()].map((log) => ({ ...stepFields(log), node_id: this.context.nodeId })) : [];
    return {
      text: this.text,
      files: segmentAs('array[file]', this.files),
      json: [...steps, ...json],
      ...Object.fromEntries(this.variables),
    };
  }

  /** The steps for the metadata of the node; undefined when there were none. */
  stepsMetadata(): Record<string, unknown>[] | undefined {
    if (this.steps.size === 0) return undefined;
    const { nodeId } = this.context;
    return [...this.steps.values()].map((log) => {
      const { id, ...rest } = stepFields(log);
      return { message_id: id, ...rest, node_execution_id: nodeId, node_id: nodeId };
    });
  }

  private take(message: InvokeMessage): void {
    switch (message.type) {
      case 'text':
        this.say(message.text);
        return;
      case 'link':
        this.say(`${message.file === undefined ? 'Link' : 'File'}: ${message.url}\n`);
        if (message.file !== undefined) this.files.push(message.file);
        return;
      case 'file':
        this.files.push(message.file);
        return;
      case 'json':
        // An object that says nothing is no result (a plugin that only reports its usage sends one).
        if (!isJsonObject(message.json) || Object.keys(message.json).length > 0) this.json.push(message.json);
        return;
      case 'variable':
        this.setVariable(message);
        return;
      case 'log':
        this.steps.set(message.log.id, message.log);
        this.context.emit({ type: 'agent_log', log: stepFields(message.log) });
        return;
      case 'usage':
        this.usage = message.usage;
        return;
      case 'retriever_resources':
        this.context.emit(message);
    }
  }

  private say(text: string): void {
    if (text === '') return;
    this.text += text;
    this.context.stream('text', text);
  }

  private setVariable({ name, value, isStreamed }: Extract<InvokeMessage, { type: 'variable' }>): void {
    if (RESERVED.has(name)) throw new NodeFailure(`A variable can't be called ${name}: that is an output of every tool.`);
    if (!isStreamed) {
      this.variables.set(name, value);
      return;
    }
    if (typeof value !== 'string') throw new NodeFailure(`A piece of the variable ${name} is no text.`);
    const before = this.variables.get(name);
    this.variables.set(name, typeof before === 'string' ? before + value : value);
    this.streamed.add(name);
    if (value !== '') this.context.stream(name, value);
  }
}

function stepFields({ id, label, parent_id, error, status, data, metadata }: InvokeLog): {
  id: string;
  label: string;
  parent_id: string | null;
  error: string | null;
  status: string;
  data: Record<string, unknown>;
  metadata: Record<string, unknown>;
} {
  return { id, parent_id, error, status, data, label, metadata };
}
