/** One event of a stream, serialised. */
export interface StreamFrame {
  /** `<fence>-<n>`; sent as the SSE id where ids are wanted. */
  id: string;
  /** The whole frame: `data: {...}` and an empty line. */
  text: string;
}

/** The bare frame that keeps a quiet stream open (contract service-and-web-api 8.1). */
export const PING_FRAME = 'event: ping\n\n';

/** What of a batch goes to the reader, in one piece. */
export function batchText(frames: readonly StreamFrame[], eventIds: boolean): string {
  if (!eventIds) return frames.length === 1 ? (frames[0]?.text ?? '') : frames.map((frame) => frame.text).join('');
  return frames.map((frame) => `id: ${frame.id}\n${frame.text}`).join('');
}

/** Whether a request asks for event ids: by a `Last-Event-ID` header or `?event_ids=true`. */
export function wantsEventIds(request: { headers: Readonly<Record<string, unknown>>; query: unknown }): boolean {
  const { event_ids: asked } = (request.query ?? {}) as { event_ids?: unknown };
  return request.headers['last-event-id'] !== undefined || asked === 'true' || asked === '1';
}
