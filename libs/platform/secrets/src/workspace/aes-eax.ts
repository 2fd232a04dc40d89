import { createCipheriv, timingSafeEqual } from 'node:crypto';

const BLOCK = 16;
const ZERO_IV = Buffer.alloc(BLOCK);
const REDUCTION = 0x87;

/** What AES-EAX makes out of a plain text. */
export interface EaxSealed {
  ciphertext: Buffer;
  /** 16 bytes. */
  tag: Buffer;
}

/** AES-128-EAX (Bellare, Rogaway, Wagner 2004): encryption in counter mode, authentication by CMAC. Node's crypto has none of its own. */
export class AesEax {
  private readonly single: Buffer;
  private readonly double: Buffer;

  /** Takes a key of 16 bytes. */
  constructor(private readonly key: Buffer) {
    this.single = shiftedInField(this.cbc(ZERO_IV));
    this.double = shiftedInField(this.single);
  }

  /** Encrypts. The nonce must not repeat under a key. */
  seal(nonce: Buffer, plain: Buffer, header: Buffer = Buffer.alloc(0)): EaxSealed {
    const start = this.mac(0, nonce);
    const ciphertext = this.counterMode(start, plain);
    return { ciphertext, tag: xor(start, this.mac(1, header), this.mac(2, ciphertext)) };
  }

  /** Decrypts; null when nonce, header, text or tag are not those that were sealed. */
  open(nonce: Buffer, { ciphertext, tag }: EaxSealed, header: Buffer = Buffer.alloc(0)): Buffer | null {
    const start = this.mac(0, nonce);
    const expected = xor(start, this.mac(1, header), this.mac(2, ciphertext));
    if (tag.length !== expected.length || !timingSafeEqual(tag, expected)) return null;
    return this.counterMode(start, ciphertext);
  }

  /** CMAC over a block that holds `prefix` and then the message. */
  private mac(prefix: number, message: Buffer): Buffer {
    const head = Buffer.alloc(BLOCK);
    head[BLOCK - 1] = prefix;
    return this.cmac(Buffer.concat([head, message]));
  }

  /** CMAC of a message (RFC 4493). */
  cmac(message: Buffer): Buffer {
    const isWhole = message.length > 0 && message.length % BLOCK === 0;
    const padded = isWhole
      ? Buffer.from(message)
      : Buffer.concat([message, Buffer.from([0x80]), Buffer.alloc(BLOCK - 1 - (message.length % BLOCK))]);
    const mask = isWhole ? this.single : this.double;
    const last = padded.length - BLOCK;
    for (let i = 0; i < BLOCK; i += 1) padded[last + i] = (padded[last + i] as number) ^ (mask[i] as number);
    return this.cbc(padded).subarray(last);
  }

  private cbc(blocks: Buffer): Buffer {
    return createCipheriv('aes-128-cbc', this.key, ZERO_IV).setAutoPadding(false).update(blocks);
  }

  private counterMode(start: Buffer, data: Buffer): Buffer {
    return createCipheriv('aes-128-ctr', this.key, start).update(data);
  }
}

/** Doubles an element of GF(2^128). */
function shiftedInField(block: Buffer): Buffer {
  const value = (BigInt(`0x${block.toString('hex')}`) << 1n) ^ ((block[0] as number) & 0x80 ? BigInt(REDUCTION) : 0n);
  return Buffer.from(
    BigInt.asUintN(BLOCK * 8, value)
      .toString(16)
      .padStart(BLOCK * 2, '0'),
    'hex',
  );
}

function xor(...blocks: Buffer[]): Buffer {
  const result = Buffer.alloc(BLOCK);
  for (const block of blocks) for (let i = 0; i < BLOCK; i += 1) result[i] = (result[i] as number) ^ (block[i] as number);
  return result;
}
