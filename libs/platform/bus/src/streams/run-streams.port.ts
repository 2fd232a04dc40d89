import type { StreamFrame } from './stream-frame.js';

/** Where a run puts its frames. */
export interface RunStreamWriter {
  /** Adds frames, each a whole frame text; what is pushed together leaves together. Without effect after `end` or a take-over. */
  push(frames: readonly string[]): void;
  /** Ends the stream; readers see their loop end. */
  end(): void;
}

/** Frames that came together, one by one or as the one text they are. */
export interface FrameBatch extends Iterable<StreamFrame> {
  /** The texts of all frames, one after the other. */
  readonly text: string;
}

/** What a reader asks for. */
export interface FollowOptions {
  /** Id of the last frame the reader has; without it the stream is read from its first frame. */
  after?: string;
  /** Ends the reading without an error. Without one it is ended by the iterator's `return`, at once for what is held here. */
  signal?: AbortSignal;
  /** The run is known to be under way: wait for its first frames in Redis instead of answering null. */
  isRunning?: boolean;
  /** Begin with the oldest frame that is still held when those asked for are not, instead of answering null. */
  allowGap?: boolean;
}

/**
 * The frames of runs, held for readers that come late or come back. The run writes to memory and never waits; readers in the
 * same process read that memory, readers elsewhere read Redis.
 */
export abstract class RunStreams {
  /** Opens the stream of a run for its owner. A higher fence takes a stream over; fences count from 1. */
  abstract open(runId: string, fence: number): RunStreamWriter;

  /**
   * Frames from a place on, then those to come, until the stream ends; what came together is one batch. Null when the frames asked
   * for are neither here nor in Redis (any more): rebuild them from the rows of the run.
   * Reading throws StreamReaderTooSlowError when the reader fell too far behind, StreamInterruptedError when frames are missing.
   * A place that the run never came to is refused with UnknownEventIdError: at once where that is known, else when the run ends.
   * @throws InvalidParamError for an `after` that is no event id; UnavailableError when Redis has to be asked and can't.
   */
  abstract follow(runId: string, options: FollowOptions): Promise<AsyncIterable<FrameBatch> | null>;

  /**
   * The frames of a run from its first one on, as far as they are held now, as one text; empty when the first one is held nowhere.
   * For whoever takes a run over and wants to know how far it had come.
   * @throws UnavailableError when Redis has to be asked and can't.
   */
  abstract heldText(runId: string): Promise<string>;
}
