import type { WireFrame } from '#engines/workflow';
import { printable } from './read-dsl-file.js';

/** Where a report goes: standard output. */
export type Print = (text: string) => void;

/** Tells of a run while it goes on, and of its end. */
export interface RunReport {
  tell(frame: WireFrame): void;
  /** After the last frame. */
  end(): void;
}

type Data = Readonly<Record<string, unknown>>;

/** Every event as a line of JSON. */
export function jsonLines(print: Print): RunReport {
  return { tell: (frame) => print(`${JSON.stringify(frame)}\n`), end: () => undefined };
}

/** Nothing but the body that a blocking call answers with (contract workflow-engine 9.4). */
export function blockingJson(print: Print): RunReport {
  let answer = '';
  let body: Data = {};
  return {
    tell: (frame) => {
      if (frame.event === 'message') answer += String(frame.answer);
      else if (frame.event === 'message_replace') answer = String(frame.answer);
      else if (frame.event === 'message_end') body = messageBody(frame, answer);
      else if (frame.event === 'workflow_finished' && frame.conversation_id === undefined) body = workflowBody(frame);
      else if (frame.event === 'workflow_paused') body = workflowBody(frame);
      else if (frame.event === 'error') body = frame;
    },
    end: () => print(`${JSON.stringify(body, null, 2)}\n`),
  };
}

function messageBody({ task_id, id, message_id, conversation_id, metadata, created_at }: WireFrame, answer: string): Data {
  return { event: 'message', task_id, id, message_id, conversation_id, mode: 'advanced-chat', answer, metadata, created_at };
}

function workflowBody({ task_id, workflow_run_id, data }: WireFrame): Data {
  const { created_by: _by, exceptions_count: _count, files: _files, ...rest } = data as Data;
  return { task_id, workflow_run_id, data: rest };
}

/** The answer of a chatflow, or the outputs of a workflow, for people. */
export function readableEnd(print: Print): RunReport {
  let answer = '';
  let end: WireFrame | undefined;
  return {
    tell: (frame) => {
      if (frame.event === 'message') answer += String(frame.answer);
      else if (frame.event === 'workflow_finished' || frame.event === 'workflow_paused') end = frame;
    },
    end: () => {
      if (answer !== '') print(`${printable(answer)}\n`);
      else if (end !== undefined) print(`${printable(JSON.stringify((end.data as Data).outputs, null, 2))}\n`);
    },
  };
}

/** Events as they come, for people: a line a step, texts as they are written. */
export function readableStream(print: Print): RunReport {
  return new StreamReport(print);
}

class StreamReport implements RunReport {
  /** Whether the last thing printed was a piece of text, whose line is open. */
  private isOpen = false;

  constructor(private readonly print: Print) {}

  tell(frame: WireFrame): void {
    const data = (frame.data ?? {}) as Data;
    switch (frame.event) {
      case 'text_chunk':
        this.text(String(data.text));
        break;
      case 'message':
        this.text(String(frame.answer));
        break;
      case 'node_started':
        this.line(data, `> ${nameOf(data)}`);
        break;
      case 'node_finished':
        this.line(
          data,
          `${data.status === 'succeeded' ? '<' : '!'} ${nameOf(data)}: ${String(data.status)}${because(data)}, ${timeOf(data)}`,
        );
        break;
      case 'node_retry':
        this.line(data, `! ${nameOf(data)}: attempt ${String(data.retry_index)} failed${because(data)}`);
        break;
      case 'iteration_started':
      case 'loop_started':
        this.line(data, `> ${nameOf(data)}`);
        break;
      case 'iteration_next':
      case 'loop_next':
        this.line(data, `  ${nameOf(data)}: round ${Number(data.index) + 1}`);
        break;
      case 'iteration_completed':
      case 'loop_completed':
        this.line(
          data,
          `${data.status === 'succeeded' ? '<' : '!'} ${nameOf(data)}: ${String(data.status)}, ${String(data.steps)} rounds, ${timeOf(data)}`,
        );
        break;
      case 'agent_log':
        if (data.status !== 'start') this.line(data, `  ${String(data.label)}: ${String(data.status)}`);
        break;
      case 'human_input_required':
        this.line(data, `? ${String(data.node_title)} waits for a person: ${String(data.form_content)}`);
        break;
      case 'workflow_finished':
        this.line(
          {},
          `= ${String(data.status)}${because(data)}, ${String(data.total_steps)} steps, ${String(data.total_tokens)} tokens, ${timeOf(data)}`,
        );
        this.line({}, JSON.stringify(data.outputs, null, 2));
        break;
      case 'workflow_paused':
        this.line({}, `= paused, ${String(data.total_steps)} steps, ${timeOf(data)}`);
        break;
      default:
    }
  }

  end(): void {
    this.close();
  }

  private text(text: string): void {
    if (text === '') return;
    this.print(printable(text));
    this.isOpen = !text.endsWith('\n');
  }

  private line(data: Data, text: string): void {
    this.close();
    const isInside = typeof data.iteration_id === 'string' || typeof data.loop_id === 'string';
    this.print(`${isInside ? '  ' : ''}${printable(text)}\n`);
  }

  private close(): void {
    if (this.isOpen) this.print('\n');
    this.isOpen = false;
  }
}

function nameOf({ title, node_id: id, node_type: type }: Data): string {
  return `${typeof title === 'string' && title !== '' ? title : String(id)} [${String(type)}]`;
}

function because({ error }: Data): string {
  return typeof error === 'string' && error !== '' ? ` (${error})` : '';
}

function timeOf({ elapsed_time: seconds }: Data): string {
  return `${Number(seconds).toFixed(3)} s`;
}
