import { randomUUID } from 'node:crypto';

const OPEN = '\uE000';
const CLOSE = '\uE001';
/** Shorter values are not looked for in texts: they would be found in every second word. */
const SHORTEST_SEALED = 4;

/**
 * Keeps the values of secret environment variables out of the run's state. In the pool, the journal and every event a secret is a token
 * that carries its name; `reveal` puts the value in right before something leaves for the outside, `seal` takes it out of what comes back.
 * The token holds random bits of its run, so no input can forge one.
 */
export class SecretVault {
  private pattern: RegExp | undefined;
  private readonly sealed: { value: string; token: string }[];

  constructor(
    private readonly values: ReadonlyMap<string, string>,
    /** The random part of the run's tokens; a resumed run takes the one of its journal. */
    readonly nonce: string = randomUUID(),
  ) {
    this.sealed = [...values]
      .filter(([, value]) => value.length >= SHORTEST_SEALED)
      .map(([name, value]) => ({ value, token: this.tokenOf(name) }))
      .sort((a, b) => b.value.length - a.value.length);
  }

  /** No secrets, no work. */
  get isEmpty(): boolean {
    return this.values.size === 0;
  }

  /** Whether there is a value that `seal` looks for. */
  get seals(): boolean {
    return this.sealed.length > 0;
  }

  /** How many characters at the end of a text could be the beginning of a value. */
  pendingLength(text: string): number {
    let longest = 0;
    for (const { value } of this.sealed) {
      for (let length = Math.min(value.length - 1, text.length); length > longest; length -= 1)
        if (text.endsWith(value.slice(0, length))) longest = length;
    }
    return longest;
  }

  private get token(): RegExp {
    return (this.pattern ??= new RegExp(`${OPEN}${this.nonce}:([^${CLOSE}]*)${CLOSE}`, 'g'));
  }

  tokenOf(name: string): string {
    return `${OPEN}${this.nonce}:${name}${CLOSE}`;
  }

  /** Texts with the values in place of the tokens. For what leaves for the outside only. */
  revealText(text: string): string {
    return text.includes(OPEN) ? text.replace(this.token, (_, name: string) => this.values.get(name) ?? '') : text;
  }

  /** Texts with tokens in place of the values. */
  sealText(text: string): string {
    let out = text;
    for (const { value, token } of this.sealed) if (out.includes(value)) out = out.replaceAll(value, token);
    return out;
  }

  /** Texts for people: the name of the variable in place of its token. */
  displayText(text: string): string {
    return text.includes(OPEN) ? text.replace(this.token, (_, name: string) => `{{#env.${name}#}}`) : text;
  }

  /** The same for every string inside a value. Values without one are returned as they are. */
  reveal<T>(value: T): T {
    return this.isEmpty ? value : (mapTexts(value, (text) => this.revealText(text)) as T);
  }

  seal<T>(value: T): T {
    return this.sealed.length === 0 ? value : (mapTexts(value, (text) => this.sealText(text)) as T);
  }

  display<T>(value: T): T {
    return this.isEmpty ? value : (mapTexts(value, (text) => this.displayText(text)) as T);
  }
}

/** A vault for runs without secrets. */
export const NO_SECRETS = new SecretVault(new Map());

/** Maps every string inside plain data; data without a changed string is returned as it is. Other objects (files, floats) are kept. */
function mapTexts(value: unknown, map: (text: string) => string): unknown {
  if (typeof value === 'string') return map(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    let changed = false;
    const out = value.map((item: unknown) => {
      const mapped = mapTexts(item, map);
      if (mapped !== item) changed = true;
      return mapped;
    });
    return changed ? out : value;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return value;
  let out: Record<string, unknown> | undefined;
  for (const [key, item] of Object.entries(value)) {
    const mapped = mapTexts(item, map);
    if (mapped !== item) (out ??= { ...value })[key] = mapped;
  }
  return out ?? value;
}
