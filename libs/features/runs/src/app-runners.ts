import { Injectable } from '@nestjs/common';
import type { FrameBatch } from '#platform/bus';
import type { AppMode } from '#platform/http';
import type { LedgerRun, RunPrincipal } from './run.js';

/** A request to run an app, whoever makes it: service API, web app, console, MCP, a tool. */
export interface AppRunRequest {
  tenantId: string;
  appId: string;
  mode: AppMode;
  principal: RunPrincipal;
  /** Where the run was asked for (contract service-and-web-api 8.5): decides what the caller sees. */
  invokeFrom: 'service-api' | 'web-app' | 'explore' | 'debugger' | 'mcp' | 'tool';
  /** Values of the app's form as the caller sent them. */
  inputs: Record<string, unknown>;
  /** "" for apps without a question. */
  query: string;
  /** File entries as the caller sent them. */
  files: readonly unknown[];
  /** Null begins a conversation; always null for apps without conversations. */
  conversationId: string | null;
  /** The message that this one answers to: undefined for a linear thread, null for a first one. */
  parentMessageId?: string | null;
  /** Whether the caller reads frames; false for one answer at the end. */
  stream: boolean;
  /** Whether a new conversation is given a title after a while. Default false. */
  autoGenerateName?: boolean;
  /** An unsaved configuration; from the console's debugger only. */
  modelConfig?: Record<string, unknown>;
  /** The caller's view of this server's address, for links to files. Default "": links begin with a slash. */
  origin?: string;
}

/** Ids that were made for a run before it was accepted. */
export interface GivenIds {
  /** Id of the HTTP request, for the log lines of the run. */
  requestId?: string;
  /** Made beforehand where an idempotency key was claimed for it. */
  runId?: string;
}

/** A run that was accepted. */
export interface RunHandle {
  /** The `task_id`. */
  runId: string;
  /** Frames from the first; ends with the run, or when its iterator is returned. */
  frames(): Promise<AsyncIterable<FrameBatch>>;
  /** The body of the blocking answer. Rejects with the error of the run. */
  result: Promise<object>;
}

/** Executes the apps of some modes. Registered by chat and workflows. */
export abstract class AppRunner {
  /** Accepts and begins a run. Throws what a caller must be told before the first frame. */
  abstract run(request: AppRunRequest, ids?: GivenIds): Promise<RunHandle>;

  /** Ends or resumes a run whose process died; it is owned by this process now, under `run.fence`. Can run twice. */
  abstract recover(run: LedgerRun): Promise<void>;

  /** The body of the blocking answer of a run that is over, made again from its rows. Throws the error of a run that failed. */
  abstract resultOf(run: LedgerRun): Promise<object>;

  /** The frames of a run made again from its rows; the whole of it when it is finished. */
  abstract rebuild(run: LedgerRun): Promise<string[]>;
}

/** Which runner executes which mode. */
@Injectable()
export class AppRunners {
  private readonly runners = new Map<AppMode, AppRunner>();

  /** Called at module init by the feature that executes the modes. */
  register(modes: readonly AppMode[], runner: AppRunner): void {
    for (const mode of modes) {
      if (this.runners.has(mode)) throw new TypeError(`Two runners for the mode ${mode}`);
      this.runners.set(mode, runner);
    }
  }

  /** The runner of a mode, or undefined where no feature executes it. */
  find(mode: AppMode): AppRunner | undefined {
    return this.runners.get(mode);
  }
}
