import { NIL_UUID, uuidv7Floor } from '#common';

/** Clocks of two processes may differ by less than this. */
const SKEW_MS = 60 * 60 * 1000;

/**
 * A lower bound for the ids of a conversation's messages: they are made after its own id, so a query with this bound leaves the
 * partitions of earlier months alone. Nil for an id without a time in it.
 */
export function messagesFloor(conversationId: string): string {
  if (conversationId[14] !== '7') return NIL_UUID;
  const ms = Number.parseInt(conversationId.slice(0, 8) + conversationId.slice(9, 13), 16);
  return Number.isNaN(ms) ? NIL_UUID : uuidv7Floor(ms - SKEW_MS);
}
