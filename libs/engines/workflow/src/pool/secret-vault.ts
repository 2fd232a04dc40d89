import { randomUUID } from 'node:crypto';
import { FileValue } from '../values/file-value.js';

/** Marks that Python's `repr` and JSON write as they are, so a token outlives the rendering of a list. */
const OPEN = '⟦';
const CLOSE = '⟧';
/** Shorter values are not looked for in texts: they would be found in every second word. */
const SHORTEST_SEALED = 4;

/**
 * Forms in which servers and code give a value back: inside JSON (also that of Python, which has no letters beyond ASCII), in an address, in a query.
 * A token names the form, so what is revealed is the text that was sealed.
 */
const WRITTEN_FORMS: Readonly<Record<string, (value: string) => string>> = {
  json: (value) => JSON.stringify(value).slice(1, -1),
  ascii: (value) =>
    JSON.stringify(value)
      .slice(1, -1)
      .replace(/[\u0080-\uFFFF]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
  uri: (value) => encodeURIComponent(value.toWellFormed()),
  path: (value) => encodeURI(value.toWellFormed()),
  query: (value) => new URLSearchParams({ v: value }).toString().slice(2),
};
/** Forms of what basic authentication makes of a text with secrets in it; in an address its last characters are written otherwise. */
const BASIC_FORMS: Readonly<Record<string, (value: string) => string>> = { basic: (value) => value, basic_uri: encodeURIComponent };
/** Pairs of name and password that are looked for in one run; the oldest are forgotten beyond that: each costs time with every text. */
const MOST_PAIRS = 100;

/**
 * Keeps the values of secret environment variables out of the run's state. In the pool, the journal and every event a secret is a token
 * that carries its name; `reveal` puts the value in right before something leaves for the outside, `seal` takes it out of what comes back.
 * The token holds random bits of its run, so no input can forge one.
 */
export class SecretVault {
  private pattern: RegExp | undefined;
  /** What `seal` looks for, the longest first: one could be a part of another. */
  private sealed: readonly Sealed[];
  private readonly ownValues: readonly Sealed[];
  /** What basic authentication has made, by the text it was made of. */
  private readonly pairs = new Map<string, readonly Sealed[]>();

  constructor(
    private readonly values: ReadonlyMap<string, string>,
    /** The random part of the run's tokens; a resumed run takes the one of its journal. */
    readonly nonce: string = randomUUID(),
  ) {
    const tokens = new Map<string, string>();
    for (const [name, value] of values) if (value.length >= SHORTEST_SEALED) this.addTokens(tokens, name, value);
    this.sealed = this.ownValues = longestFirst([...tokens].map(([value, token]) => ({ value, token })));
  }

  /** What basic authentication sends for a text like `name:password`, whose secrets are tokens. It is looked for from here on, as the secrets are. */
  basicPair(text: string): string {
    const value = Buffer.from(this.revealText(text)).toString('base64');
    if (!this.pairs.has(text) && text.search(this.token) >= 0) this.addPair(text, value);
    return value;
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
    return (this.pattern ??= new RegExp(`${OPEN}${this.nonce}(?:/(\\w+))?:([^${CLOSE}]*)${CLOSE}`, 'g'));
  }

  tokenOf(name: string): string {
    return `${OPEN}${this.nonce}:${name}${CLOSE}`;
  }

  /** Texts with the values in place of the tokens. For what leaves for the outside only. */
  revealText(text: string): string {
    return text.includes(OPEN) ? text.replace(this.token, (_, form: string | undefined, name: string) => this.written(name, form)) : text;
  }

  /** Texts with tokens in place of the values. */
  sealText(text: string): string {
    let out = text;
    for (const { value, token } of this.sealed) if (out.includes(value)) out = out.replaceAll(value, token);
    return out;
  }

  /** Texts for people: the name of the variable in place of its token. */
  displayText(text: string): string {
    if (!text.includes(OPEN)) return text;
    return text.replace(this.token, (_, form: string | undefined, name: string) =>
      isBasic(form) ? this.displayText(decoded(name)) : `{{#env.${name}#}}`,
    );
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

  /** A value as it is and in the forms it comes back in; where two are the same text, the first one counts. */
  private addTokens(tokens: Map<string, string>, name: string, value: string): void {
    if (!tokens.has(value)) tokens.set(value, this.tokenOf(name));
    for (const [form, write] of Object.entries(WRITTEN_FORMS)) {
      const text = write(value);
      if (!tokens.has(text)) tokens.set(text, `${OPEN}${this.nonce}/${form}:${name}${CLOSE}`);
    }
  }

  /** The tokens hold the text, so that a process that goes on with the run can make the pair again. */
  private addPair(text: string, value: string): void {
    const made = Object.entries(BASIC_FORMS).map(([form, write]) => ({
      value: write(value),
      token: `${OPEN}${this.nonce}/${form}:${Buffer.from(text).toString('base64url')}${CLOSE}`,
    }));
    this.pairs.set(text, value === made[1]?.value ? made.slice(0, 1) : made);
    if (this.pairs.size > MOST_PAIRS) this.pairs.delete(this.pairs.keys().next().value as string);
    this.sealed = longestFirst([...this.ownValues, ...[...this.pairs.values()].flat()]);
  }

  private written(name: string, form: string | undefined): string {
    if (isBasic(form)) return (BASIC_FORMS[form] as (value: string) => string)(this.basicPair(decoded(name)));
    const value = this.values.get(name) ?? '';
    return form === undefined ? value : (WRITTEN_FORMS[form]?.(value) ?? '');
  }
}

/** A text and what stands for it. */
interface Sealed {
  readonly value: string;
  readonly token: string;
}

function longestFirst(sealed: readonly Sealed[]): readonly Sealed[] {
  return [...sealed].sort((a, b) => b.value.length - a.value.length);
}

function isBasic(form: string | undefined): form is string {
  return form !== undefined && Object.hasOwn(BASIC_FORMS, form);
}

function decoded(text: string): string {
  return Buffer.from(text, 'base64url').toString('utf8');
}

/** A vault for runs without secrets. */
export const NO_SECRETS = new SecretVault(new Map());

/** Maps every string inside plain data and the facts of files, names of fields too; data without a changed string is returned as it is. Other objects (floats) are kept. */
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
  if (value instanceof FileValue) {
    const facts = mapTexts(value.facts, map) as FileValue['facts'];
    return facts === value.facts ? value : new FileValue(facts);
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return value;
  let changed = false;
  const out = Object.entries(value).map(([key, item]): [string, unknown] => {
    const name = map(key);
    const mapped = mapTexts(item, map);
    if (name !== key || mapped !== item) changed = true;
    return [name, mapped];
  });
  return changed ? Object.fromEntries(out) : value;
}
