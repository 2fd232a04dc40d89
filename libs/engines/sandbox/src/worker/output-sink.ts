const encoder = new TextEncoder();

/** What a run printed, up to a limit. */
export class OutputSink {
  private chunks: Buffer[] = [];
  private size = 0;
  private limit = 0;
  private overflowed = false;

  /** Forgets the last run. */
  open(limit: number): void {
    this.chunks = [];
    this.size = 0;
    this.limit = limit;
    this.overflowed = false;
  }

  /** Takes what fits; false once something did not. */
  write(data: Uint8Array | string): boolean {
    const bytes = typeof data === 'string' ? encoder.encode(data) : data;
    const room = Math.max(0, this.limit - this.size);
    if (bytes.length > room) this.overflowed = true;
    if (room > 0) this.chunks.push(Buffer.from(bytes.subarray(0, room)));
    this.size += Math.min(room, bytes.length);
    return !this.overflowed;
  }

  /** Whether more was printed than may be. */
  get hasOverflowed(): boolean {
    return this.overflowed;
  }

  /** All of it as text; bytes that are not UTF-8 are replaced. */
  text(): string {
    return Buffer.concat(this.chunks).toString('utf8');
  }
}
