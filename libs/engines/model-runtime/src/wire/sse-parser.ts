import { StringDecoder } from 'node:string_decoder';
import { InvokeError } from '../model-runtime.errors.js';

const BYTE_ORDER_MARK = '\ufeff';
/** No vendor's event is near this; a longer line is an attack or a bug. In characters. */
const MAX_LINE = 32 * 1024 * 1024;

/**
 * Cuts a byte stream into the payloads of its `data:` lines. Made for speed: what one read brought is decoded at once, a character split over
 * two reads is put together, and a long line over many reads is searched once. Comments and other fields are skipped.
 */
export class SseParser {
  /** Several times as fast as a TextDecoder. */
  private readonly decoder = new StringDecoder('utf8');
  private hasBegun = false;
  private pending: string[] = [];
  private pendingLength = 0;

  /** @param separator What ends a line; some servers use something of their own. */
  constructor(private readonly separator = '\n') {}

  /** The payloads that became whole by these bytes. */
  push(bytes: Uint8Array): string[] {
    const text = this.decoder.write(bytes);
    if (this.hasBegun || text === '') return this.take(text);
    this.hasBegun = true;
    return this.take(text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text);
  }

  /** The payload of a last line without an end. */
  finish(): string[] {
    const payloads = this.take(this.decoder.end());
    const last = payloadOf(this.joinPending(''));
    if (last !== null) payloads.push(last);
    return payloads;
  }

  private take(text: string): string[] {
    const payloads: string[] = [];
    let start = 0;
    // A separator of several characters may lie across two reads: then the end of what is pending has to be looked at again.
    const searched = this.separator.length > 1 && this.pendingLength > 0 ? this.joinPending(text) : text;
    for (;;) {
      const end = searched.indexOf(this.separator, start);
      if (end === -1) break;
      const line = start === 0 && this.pendingLength > 0 ? this.joinPending(searched.slice(0, end)) : searched.slice(start, end);
      start = end + this.separator.length;
      const payload = payloadOf(line);
      if (payload !== null) payloads.push(payload);
    }
    if (start < searched.length) this.keep(start === 0 ? searched : searched.slice(start));
    return payloads;
  }

  private keep(rest: string): void {
    this.pending.push(rest);
    this.pendingLength += rest.length;
    if (this.pendingLength > MAX_LINE)
      throw new InvokeError({ message: 'The answer of the model has a line of more than 32 million characters.' });
  }

  private joinPending(tail: string): string {
    if (this.pendingLength === 0) return tail;
    this.pending.push(tail);
    const line = this.pending.join('');
    this.pending = [];
    this.pendingLength = 0;
    return line;
  }
}

/** What stands after `data:` in a line, null when the line is something else. */
function payloadOf(line: string): string | null {
  let start = 0;
  while (line.charCodeAt(start) === 0x0a || line.charCodeAt(start) === 0x0d) start += 1;
  if (!line.startsWith('data:', start)) return null;
  start += line.charCodeAt(start + 5) === 0x20 ? 6 : 5;
  const end = line.endsWith('\r') ? line.length - 1 : line.length;
  return line.slice(start, end);
}
