import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { FileTooLargeError } from '../files.errors.js';
import { SNIFF_BYTES } from './content-type.js';
import { MeasuredStream } from './measured-stream.js';

async function* pieces(count: number, size: number): AsyncGenerator<Uint8Array> {
  for (let i = 0; i < count; i += 1) yield Buffer.alloc(size, i);
}

describe('MeasuredStream', () => {
  it('should give the head, then all bytes with their size and hash', async () => {
    const expected = await buffer(pieces(10, 1000));
    const measured = new MeasuredStream(pieces(10, 1000), 10_000);

    const head = await measured.head();
    const all = await buffer(measured.stream());

    expect(head).toEqual(expected.subarray(0, SNIFF_BYTES));
    expect(all).toEqual(expected);
    expect(measured.size).toBe(10_000);
    expect(measured.digest()).toBe(createHash('sha3-256').update(expected).digest('hex'));
  });

  it('should stop at the limit without reading on', async () => {
    let read = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) {
        read += 1;
        yield Buffer.alloc(1000);
      }
    }
    const measured = new MeasuredStream(endless(), 20_000);
    await measured.head();

    await expect(buffer(measured.stream())).rejects.toBeInstanceOf(FileTooLargeError);

    expect(measured.failure).toBeInstanceOf(FileTooLargeError);
    expect(read).toBeLessThan(25);
  });

  it('should pass on the error of its source', async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('x');
      throw new Error('the line broke');
    }

    await expect(new MeasuredStream(broken(), 10).head()).rejects.toThrow('the line broke');
  });
});
