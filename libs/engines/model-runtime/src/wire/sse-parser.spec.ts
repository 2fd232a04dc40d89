import { SseParser } from './sse-parser.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function parse(pieces: readonly (string | Uint8Array)[], separator?: string): string[] {
  const parser = new SseParser(separator);
  const payloads = pieces.flatMap((piece) => parser.push(typeof piece === 'string' ? bytes(piece) : piece));
  return [...payloads, ...parser.finish()];
}

describe('SseParser', () => {
  it('should give the payloads of data lines and skip comments, names of events and blank lines', () => {
    expect(parse([': ping\n\nevent: message\nid: 7\ndata: {"a":1}\n\ndata:{"b":2}\n\n'])).toEqual(['{"a":1}', '{"b":2}']);
  });

  it('should take line ends of CR and LF', () => {
    expect(parse(['data: one\r\n\r\ndata: two\r', '\n\r\n'])).toEqual(['one', 'two']);
  });

  it('should join a line over many reads, at every place of the cut', () => {
    const text = 'data: {"text":"naïve 日本 🙂"}\n\ndata: [DONE]\n\n';
    const whole = bytes(text);
    for (let cut = 1; cut < whole.length; cut += 1) {
      expect(parse([whole.slice(0, cut), whole.slice(cut)])).toEqual(['{"text":"naïve 日本 🙂"}', '[DONE]']);
    }
  });

  it('should put characters together that came byte by byte', () => {
    expect(parse([...bytes('data: é🙂\n\n')].map((byte) => Uint8Array.of(byte)))).toEqual(['é🙂']);
  });

  it('should give a last line without an end', () => {
    expect(parse(['data: one\n\ndata: two'])).toEqual(['one', 'two']);
  });

  it('should read a line of megabytes in small pieces', () => {
    const piece = 'x'.repeat(16 * 1024);
    const pieces = ['data: ', ...Array.from({ length: 256 }, () => piece), '\n'];

    expect(parse(pieces)[0]).toHaveLength(256 * piece.length);
  });

  it('should refuse a line that never ends', () => {
    const parser = new SseParser();
    const piece = new Uint8Array(8 * 1024 * 1024).fill(0x61);

    expect(() => {
      for (let count = 0; count < 5; count += 1) parser.push(piece);
    }).toThrow('32 million');
  });

  it('should cut at a separator of the form, also when it lies across two reads', () => {
    expect(parse(['data: one||', 'data: two|', '|data: three'], '||')).toEqual(['one', 'two', 'three']);
  });
});
