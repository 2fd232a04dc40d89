/** One event of a stream, serialised. */
export interface StreamFrame {
  /** `<fence>-<n>`; sent as the SSE id where ids are wanted. */
  id: string;
  /** The whole frame: `data: {...}` and an empty line. */
  text: string;
}

/** Frames that leave in one write; a source that has them as one text says so. */
export interface FrameBatch extends Iterable<StreamFrame> {
  readonly text?: string;
}

/** The bare frame that keeps a quiet stream open (contract service-and-web-api 8.1). */
export const PING_FRAME = 'event: ping\n\n';

/** What of a batch goes to the reader, in one piece. */
export function batchText(frames: FrameBatch, eventIds: boolean): string {
  if (!eventIds && frames.text !== undefined) return frames.text;
  let text = '';
  for (const frame of frames) text += eventIds ? `id: ${frame.id}\n${frame.text}` : frame.text;
  return text;
}

/** Whether a request asks for event ids: by a `Last-Event-ID` header or `?event_ids=true`. */
export function wantsEventIds(request: { headers: Readonly<Record<string, unknown>>; query: unknown }): boolean {
  const { event_ids: asked } = (request.query ?? {}) as { event_ids?: unknown };
  return request.headers['last-event-id'] !== undefined || asked === 'true' || asked === '1';
}
