import { AbortScope } from '#common';
import type { ChatEvent } from '../pipeline/chat-event.js';
import { SentenceCutter } from './sentence-cutter.js';

/** Texts that are turned into sound at a time. */
const AT_ONCE = 3;
/** Longest silence after the answer before the speech is given up. */
const SILENCE_MS = 5000;

/** What a speech reaches for. */
export interface SpeechPorts {
  /** Speaks a text: pieces of sound in their order. */
  synthesize(text: string, signal: AbortSignal): AsyncIterable<Uint8Array>;
  /** Takes a piece of sound, in the order of the answer. */
  play(piece: Uint8Array): void;
  /** Is told why the speech ended early. */
  failed(error: unknown): void;
}

/** A text whose sound has been asked for; its first piece is under way. */
interface Utterance {
  pieces: AsyncIterator<Uint8Array>;
  first: Promise<IteratorResult<Uint8Array>>;
}

/**
 * Speaks an answer while it is being written (contract models-agents-tools 15, auto-play). It runs beside the answer: it never holds
 * the answer up, and when it fails the answer goes on in silence.
 */
export class AnswerSpeech {
  private readonly scope: AbortScope;
  private readonly cutter = new SentenceCutter();
  private readonly waiting: string[] = [];
  private playing: Promise<void> = Promise.resolve();
  private begun = 0;
  private silence: NodeJS.Timeout | undefined;

  constructor(
    private readonly ports: SpeechPorts,
    signal: AbortSignal,
  ) {
    this.scope = new AbortScope({ follow: [signal] });
  }

  /** Hears what happens in the run. An answer that is replaced is not spoken any further. */
  observe(events: readonly ChatEvent[]): void {
    for (const event of events) {
      if (event.type === 'message') this.say(this.cutter.push(event.answer));
      else if (event.type === 'message_replace') this.stop();
    }
  }

  /** The answer is over: says the rest. Resolves when all of it was played, the run was stopped, or nothing came for five seconds. */
  async finish(): Promise<void> {
    this.say(this.cutter.rest());
    await new Promise<void>((resolve) => {
      this.silence = setTimeout(resolve, SILENCE_MS);
      if (this.signal.aborted) resolve();
      this.signal.addEventListener('abort', () => resolve(), { once: true });
      void this.drained().then(resolve);
    });
    clearTimeout(this.silence);
    this.stop();
  }

  /** Says nothing more. */
  stop(): void {
    this.scope.abort();
    this.waiting.length = 0;
  }

  private get signal(): AbortSignal {
    return this.scope.signal;
  }

  private say(text: string | null): void {
    if (text === null || this.signal.aborted) return;
    this.waiting.push(text);
    this.next();
  }

  /** Asks for the sound of what waits; it is played in turn. */
  private next(): void {
    while (this.begun < AT_ONCE && !this.signal.aborted) {
      const text = this.waiting.shift();
      if (text === undefined) return;
      this.begun += 1;
      const utterance = begin(this.ports.synthesize(text, this.signal));
      this.playing = this.playing
        .then(() => this.play(utterance))
        .then(() => {
          this.begun -= 1;
          this.next();
        });
    }
  }

  private async play({ pieces, first }: Utterance): Promise<void> {
    try {
      for (let piece = await first; piece.done !== true && !this.signal.aborted; piece = await pieces.next()) {
        this.silence?.refresh();
        this.ports.play(piece.value);
      }
      if (this.signal.aborted) await pieces.return?.();
    } catch (error) {
      if (!this.signal.aborted) this.ports.failed(error);
      this.stop();
    }
  }

  private async drained(): Promise<void> {
    while (this.begun > 0) await this.playing;
  }
}

function begin(sound: AsyncIterable<Uint8Array>): Utterance {
  const pieces = sound[Symbol.asyncIterator]();
  const first = pieces.next();
  // It is looked at when its turn comes.
  first.catch(() => undefined);
  return { pieces, first };
}
