import { InvalidParamError } from '#common';

/** One frame of a run's stream. */
export interface StreamFrame {
  /** `<fence>-<n>`: fence of the owner that made it, and its number among that owner's frames, from 1. Grows along the stream. */
  readonly id: string;
  /** The whole frame as it goes over the wire, `data: {...}\n\n`. */
  readonly text: string;
}

/** A place in a stream. */
export interface FramePosition {
  fence: number;
  n: number;
}

/** Reads an event id. @throws InvalidParamError when it is none of ours. */
export function parseEventId(id: string): FramePosition {
  const match = /^(\d{1,15})-(\d{1,15})$/.exec(id);
  if (match === null)
    throw new InvalidParamError(`${JSON.stringify(id.slice(0, 50))} is no event id of this stream. Send one that was received, or none.`);
  return { fence: Number(match[1]), n: Number(match[2]) };
}

/** Whether `a` comes after `b`. */
export function isAfter(a: FramePosition, b: FramePosition): boolean {
  return a.fence > b.fence || (a.fence === b.fence && a.n > b.n);
}
