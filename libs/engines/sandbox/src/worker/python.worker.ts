import { OutputSink } from './output-sink.js';
import { PythonBridge, type Pyodide } from './python-bridge.js';
import { openPyodide } from './open-pyodide.js';
import { InterpreterEnded, PythonWall, WallBreach } from './python-wall.js';
import { type Interpreter, serveRuns } from './serve-runs.js';
import type { Answer, ReportedFailure, RunMessage, WorkerOptions } from './worker-messages.js';

/** Memory that a run may leave grown; a worker that grew more is replaced, as WebAssembly gives nothing back. */
const KEPT_GROWTH = 64 * 1024 * 1024;

const ENOSPC = 51;

/** What the runner inside the interpreter answers. */
type RunnerAnswer = { json: string } | (ReportedFailure & { isInterrupt?: boolean });

/** Python, one run after another, each in an interpreter that has never run anything. */
class PythonInterpreter implements Interpreter {
  private readonly timer = new Int32Array(new SharedArrayBuffer(4));

  private constructor(
    private readonly wall: PythonWall,
    private readonly bridge: PythonBridge,
    private readonly output: OutputSink,
  ) {}

  static async make(options: WorkerOptions): Promise<PythonInterpreter> {
    const wall = PythonWall.putUp(options.memoryBytes);
    const pyodide = await openPyodide();
    const output = new OutputSink();
    const { ErrnoError } = (pyodide as unknown as Pyodide).FS;
    const write = (data: Uint8Array): number => {
      if (!output.write(data)) throw new ErrnoError(ENOSPC);
      return data.length;
    };
    pyodide.setStdout({ write });
    pyodide.setStderr({ write });
    pyodide.setStdin({ stdin: () => null });
    pyodide.setInterruptBuffer(new Int32Array(1));
    const bridge = new PythonBridge(pyodide, wall.machine);
    wall.close();
    return new PythonInterpreter(wall, bridge, output);
  }

  run(message: RunMessage): Answer {
    const { id, limits } = message;
    const deadline = performance.now() + limits.timeoutMs;
    this.output.open(limits.outputBytes);
    this.wall.enter({
      shouldInterrupt: once(() => performance.now() > deadline),
      pause: (ms) => void Atomics.wait(this.timer, 0, 0, Math.max(0, Math.min(ms, deadline - performance.now() + 1))),
      beforeOpen: () => undefined,
    });
    const { outcome, isBroken } = this.outcomeOf(message);
    return { id, stdout: this.output.text(), isSpent: isBroken || this.bridge.growth > KEPT_GROWTH, outcome: this.judge(outcome, message) };
  }

  reset(): void {
    this.bridge.reset();
  }

  private outcomeOf({ code, inputs, seed }: RunMessage): { outcome: RunnerAnswer; isBroken: boolean } {
    try {
      return { outcome: JSON.parse(this.bridge.run(JSON.stringify({ code, inputs, seed }))) as RunnerAnswer, isBroken: false };
    } catch (error) {
      return { outcome: brokenInterpreter(error), isBroken: true };
    }
  }

  private judge(answer: RunnerAnswer, { limits }: RunMessage): Answer['outcome'] {
    if (this.output.hasOverflowed) return hit('outputBytes');
    if ('json' in answer) return answer.json.length > limits.resultLength ? hit('resultLength') : { json: answer.json };
    const { isInterrupt, ...failure } = answer;
    return isInterrupt ? hit('timeoutMs') : { failure };
  }
}

function hit(limit: 'outputBytes' | 'resultLength' | 'timeoutMs'): Answer['outcome'] {
  return { failure: { reason: 'limit', message: '', limit } };
}

function brokenInterpreter(error: unknown): ReportedFailure {
  if (error instanceof WallBreach || error instanceof InterpreterEnded) return { reason: 'exception', message: error.message };
  if (error instanceof RangeError) return { reason: 'exception', message: 'RecursionError: the code nests too deeply for the interpreter' };
  return { reason: 'exception', message: `The code broke the interpreter: ${(error as Error).message}` };
}

/** True the first time that the condition holds, then never again: what the exception sets off must be able to run. */
function once(condition: () => boolean): () => boolean {
  let isDone = false;
  return () => {
    if (isDone || !condition()) return false;
    isDone = true;
    return true;
  };
}

await serveRuns((options) => PythonInterpreter.make(options));
