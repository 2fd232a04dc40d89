import type { ModerationConfig } from '../config/app-model-config.js';
import type { ModerationPort, OutputVerdict } from './chat-ports.js';

const DEFAULT_BUFFER = 300;

/** What the checker said about the first `length` characters of the answer. */
export class OutputFinding {
  constructor(
    readonly verdict: OutputVerdict,
    readonly length: number,
  ) {}
}

/** Watches an answer while it is written: one check at a time, whenever enough new text has come (contract models-agents-tools 12). */
export class OutputModerator {
  /** The check under way; settles and never rejects. */
  pending: Promise<OutputFinding> | null = null;
  private seen = 0;

  constructor(
    private readonly port: ModerationPort,
    private readonly config: ModerationConfig,
  ) {}

  /** Starts a check when there is enough that no check has seen. */
  observe(answer: string): void {
    if (this.pending !== null || answer.length - this.seen < (this.port.bufferSize ?? DEFAULT_BUFFER)) return;
    this.seen = answer.length;
    this.pending = this.check(answer);
  }

  /** Takes note that a finding was dealt with and that the answer is now `answer`. */
  settled(answer: string): void {
    this.pending = null;
    this.seen = Math.min(this.seen, answer.length);
  }

  /** Checks a text as a whole; a checker that fails has nothing against it. */
  async check(text: string): Promise<OutputFinding> {
    try {
      return new OutputFinding(await this.port.checkOutput(this.config, text), text.length);
    } catch {
      return new OutputFinding({ flagged: false }, text.length);
    }
  }
}
