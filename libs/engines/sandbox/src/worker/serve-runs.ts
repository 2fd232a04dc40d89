import type { Answer, RunMessage, WorkerMessage, WorkerOptions } from './worker-messages.js';

/** An interpreter that runs one code after another. */
export interface Interpreter {
  /** Runs to the end; never throws for what the code does. */
  run(message: RunMessage): Answer;
  /** Makes the interpreter as if it had never run anything. Called when the answer has left. */
  reset(): void | Promise<void>;
}

/** The main loop of a worker process: makes the interpreter, then serves runs until the channel to the parent closes. */
export async function serveRuns(makeInterpreter: (options: WorkerOptions) => Promise<Interpreter>): Promise<void> {
  process.on('disconnect', () => process.exit(0));
  // These go to the whole group of a terminal; the parent decides when a worker ends.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
  const interpreter = await makeInterpreter(JSON.parse(process.argv[2] ?? '{}') as WorkerOptions);
  let idle = Promise.resolve();
  process.on('message', (message: RunMessage) => {
    idle = idle.then(async () => {
      const answer = interpreter.run(message);
      send({ type: 'answer', answer });
      if (!answer.isSpent) await interpreter.reset();
    });
  });
  send({ type: 'ready' });
}

function send(message: WorkerMessage): void {
  if (process.connected) process.send?.(message);
}
