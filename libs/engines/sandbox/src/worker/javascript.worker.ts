import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import variant from '@jitl/quickjs-wasmfile-release-sync';
import { newQuickJSWASMModuleFromVariant, newVariant, type QuickJSSyncVariant, type QuickJSWASMModule } from 'quickjs-emscripten-core';
import { JavascriptRun } from './javascript-run.js';
import { OutputSink } from './output-sink.js';
import { type Interpreter, serveRuns } from './serve-runs.js';
import type { Answer, RunMessage, WorkerOptions } from './worker-messages.js';

const PAGE = 65_536;
/** What the interpreter's module asks for at its start. Unit: pages. */
const INITIAL_PAGES = 256;

/** The package's types describe its CommonJS form, whose default export is one level deeper. */
const syncVariant = variant as unknown as QuickJSSyncVariant;

/** JavaScript: a runtime of its own for each run, and a whole new WebAssembly instance after a run that ended in anything but a plain way. */
class JavascriptInterpreter implements Interpreter {
  private readonly output = new OutputSink();
  private isModuleSuspect = false;

  private constructor(
    private readonly options: WorkerOptions,
    private readonly makeModule: () => Promise<QuickJSWASMModule>,
    private module: QuickJSWASMModule,
  ) {}

  static async make(options: WorkerOptions): Promise<JavascriptInterpreter> {
    const path = createRequire(import.meta.url).resolve('@jitl/quickjs-wasmfile-release-sync/wasm');
    const wasmModule = new WebAssembly.Module(readFileSync(path));
    // QuickJS counts only its own bookkeeping, not the bytes of buffers and texts, so that its limit alone would let code take 2 GiB.
    const maximum = Math.max(INITIAL_PAGES, Math.floor(options.memoryBytes / PAGE));
    const makeModule = (): Promise<QuickJSWASMModule> => {
      const wasmMemory = new WebAssembly.Memory({ initial: INITIAL_PAGES, maximum });
      return newQuickJSWASMModuleFromVariant(newVariant(syncVariant, { wasmModule, wasmMemory }));
    };
    return new JavascriptInterpreter(options, makeModule, await makeModule());
  }

  run(message: RunMessage): Answer {
    this.output.open(message.limits.outputBytes);
    const run = new JavascriptRun(this.module, message, this.output, this.options.memoryBytes);
    const outcome = run.execute();
    this.isModuleSuspect = !run.endedPlainly;
    return { id: message.id, stdout: this.output.text(), isSpent: false, outcome };
  }

  async reset(): Promise<void> {
    if (this.isModuleSuspect) this.module = await this.makeModule();
  }
}

await serveRuns((options) => JavascriptInterpreter.make(options));
