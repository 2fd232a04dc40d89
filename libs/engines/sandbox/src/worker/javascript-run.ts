import type { QuickJSContext, QuickJSHandle, QuickJSWASMModule } from 'quickjs-emscripten-core';
import type { LimitName } from '../sandbox-limits.js';
import { JAVASCRIPT_PRELUDE } from './javascript-prelude.js';
import type { OutputSink } from './output-sink.js';
import type { Answer, ReportedFailure, RunMessage } from './worker-messages.js';

const FILE = 'main.js';
const STACK_BYTES = 512 * 1024;
const LONGEST_MESSAGE = 20_000;
const sleeper = new Int32Array(new SharedArrayBuffer(4));

/** An exception as the prelude describes it. */
interface Described {
  type: string;
  message: string;
  stack: string;
}

/** One run in a runtime and a context of its own, which are gone afterwards. */
export class JavascriptRun {
  private readonly deadline: number;
  private hitLimit: LimitName | null = null;
  private isPlain = true;
  private context!: QuickJSContext;
  private bridge!: QuickJSHandle;

  constructor(
    private readonly module: QuickJSWASMModule,
    private readonly message: RunMessage,
    private readonly output: OutputSink,
    private readonly memoryBytes: number,
  ) {
    this.deadline = performance.now() + message.limits.timeoutMs;
  }

  /** Whether it ended by a result or an exception of the code's own. */
  get endedPlainly(): boolean {
    return this.isPlain;
  }

  execute(): Answer['outcome'] {
    try {
      const outcome = this.executeInRuntime();
      if (!this.hitLimit) return outcome;
      this.isPlain = false;
      return { failure: { reason: 'limit', message: '', limit: this.hitLimit } };
    } catch (error) {
      this.isPlain = false;
      if (this.hitLimit) return { failure: { reason: 'limit', message: '', limit: this.hitLimit } };
      return { failure: { reason: 'exception', message: `The code broke the interpreter: ${(error as Error).message}` } };
    }
  }

  private executeInRuntime(): Answer['outcome'] {
    const runtime = this.module.newRuntime();
    runtime.setMemoryLimit(this.memoryBytes);
    runtime.setMaxStackSize(STACK_BYTES);
    runtime.setInterruptHandler(() => {
      if (performance.now() > this.deadline) this.hitLimit ??= 'timeoutMs';
      return this.hitLimit !== null;
    });
    this.context = runtime.newContext();
    this.bridge = this.makeBridge();
    const outcome = this.runCode();
    // After anything out of the ordinary the whole instance is dropped; taking it apart could only fail.
    if (this.hitLimit === null && this.isPlain) {
      this.bridge.dispose();
      this.context.dispose();
      runtime.dispose();
    }
    return outcome;
  }

  private makeBridge(): QuickJSHandle {
    const { context } = this;
    const print = context.newFunction('print', (text) => {
      if (!this.output.write(context.getString(text))) this.hitLimit ??= 'outputBytes';
    });
    const pause = context.newFunction('pause', (ms) => {
      Atomics.wait(sleeper, 0, 0, Math.max(0, Math.min(context.getNumber(ms), this.deadline - performance.now() + 1)));
    });
    const make = context.unwrapResult(context.evalCode(JAVASCRIPT_PRELUDE, 'prelude.js'));
    const limit = context.newNumber(this.message.limits.outputBytes);
    const bridge = context.unwrapResult(context.callFunction(make, context.undefined, print, pause, limit));
    for (const handle of [print, pause, make, limit]) handle.dispose();
    return bridge;
  }

  private runCode(): Answer['outcome'] {
    const { context, message } = this;
    const loaded = context.evalCode(message.code, FILE, { strict: false });
    if (loaded.error) return this.failed(loaded.error);
    loaded.value.dispose();
    const main = context.evalCode(`typeof main === 'function' ? main : null`, 'prelude.js');
    if (main.error) return this.failed(main.error);
    if (context.typeof(main.value) !== 'function') {
      main.value.dispose();
      return { failure: { reason: 'result', message: "The code defines no function 'main'." } };
    }
    const inputs = context.newString(message.inputs);
    const error = this.call('start', main.value, inputs);
    inputs.dispose();
    main.value.dispose();
    return error ?? this.settle();
  }

  /** Runs jobs and timers until the promise that `main` gave is settled. */
  private settle(): Answer['outcome'] {
    const { context } = this;
    for (;;) {
      const jobs = context.runtime.executePendingJobs();
      if (jobs.error) return this.failed(jobs.error);
      jobs.dispose();
      const state = this.textOf('state');
      if (state !== 'pending') return this.settled(state, this.textOf('text'));
      const timer = context.callMethod(this.bridge, 'runNextTimer', []);
      if (timer.error) return this.failed(timer.error);
      const ran = context.dump(timer.value) as boolean;
      timer.value.dispose();
      if (!ran) return { failure: { reason: 'result', message: 'main returned a promise that is never settled.' } };
    }
  }

  private settled(state: string, text: string): Answer['outcome'] {
    if (state === 'failed') return { failure: this.exception(JSON.parse(text) as Described) };
    if (state === 'result') return { failure: { reason: 'result', message: `main returned what is not JSON: ${shorten(text)}` } };
    if (text.length <= this.message.limits.resultLength) return { json: text };
    return { failure: { reason: 'limit', message: '', limit: 'resultLength' } };
  }

  private call(method: string, ...args: QuickJSHandle[]): Answer['outcome'] | null {
    const result = this.context.callMethod(this.bridge, method, args);
    if (result.error) return this.failed(result.error);
    result.value.dispose();
    return null;
  }

  private textOf(method: 'state' | 'text'): string {
    const handle = this.context.unwrapResult(this.context.callMethod(this.bridge, method, []));
    const text = this.context.getString(handle);
    handle.dispose();
    return text;
  }

  private failed(error: QuickJSHandle): Answer['outcome'] {
    const described = this.context.callMethod(this.bridge, 'describe', [error]);
    error.dispose();
    if (described.error) {
      // Not even room for words: only memory or time can be the reason.
      this.hitLimit ??= 'memoryBytes';
      return { failure: { reason: 'limit', message: '', limit: this.hitLimit } };
    }
    const text = this.context.getString(described.value);
    described.value.dispose();
    return { failure: this.exception(JSON.parse(text) as Described) };
  }

  private exception({ type, message, stack }: Described): ReportedFailure {
    if (type === 'InternalError') this.isPlain = false;
    if (type === 'InternalError' && message === 'out of memory') this.hitLimit ??= 'memoryBytes';
    const frames = stack.split('\n').filter((frame) => frame.trim() !== '' && !frame.includes('prelude.js'));
    const line = Number(/main\.js:(\d+)/.exec(frames.join('\n'))?.[1] ?? 0);
    return {
      reason: type === 'SyntaxError' && /^\s*at main\.js:/.test(frames[0] ?? '') ? 'syntax' : 'exception',
      message: shorten([`${type}: ${message}`, ...frames].join('\n')),
      exceptionType: type,
      exceptionMessage: shorten(message),
      ...(line > 0 ? { line } : {}),
    };
  }
}

function shorten(text: string): string {
  return text.length <= LONGEST_MESSAGE ? text : `${text.slice(0, LONGEST_MESSAGE / 2)} [...] ${text.slice(-LONGEST_MESSAGE / 2)}`;
}
