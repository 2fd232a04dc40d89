/** A line of `name:value`. */
export interface Line {
  readonly name: string;
  readonly value: string;
}

/** Splits a line at its first colon; without one it is all name. */
export function readLine(line: string): Line {
  const colon = line.indexOf(':');
  return colon < 0 ? { name: line.trim(), value: '' } : { name: line.slice(0, colon).trim(), value: line.slice(colon + 1).trim() };
}

/** Lines without a name are notes to oneself. */
export function isSent({ name }: Line): boolean {
  return name !== '';
}

/** Headers by name, written as the last line of a name writes them. */
export function readHeaders(text: string): Record<string, string> {
  const headers = new Map<string, Line>();
  for (const line of text.split(/\r\n|[\n\r]/)) {
    const read = readLine(line);
    if (isSent(read)) headers.set(read.name.toLowerCase(), read);
  }
  return Object.fromEntries([...headers.values()].map(({ name, value }) => [name, value]));
}

/** Sets a header in place of one whose name differs in case only. */
export function withHeader(headers: Readonly<Record<string, string>>, name: string, value: string): Record<string, string> {
  return { ...withoutHeader(headers, name), [name]: value };
}

export function withoutHeader(headers: Readonly<Record<string, string>>, name: string): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([other]) => other.toLowerCase() !== name.toLowerCase()));
}

export function hasHeader(headers: Readonly<Record<string, string>>, name: string): boolean {
  return Object.keys(headers).some((other) => other.toLowerCase() === name.toLowerCase());
}

/** Names and values as a query, or as a form; spaces are `+`. */
export function formEncoded(pairs: readonly (readonly [string, string])[]): string {
  return new URLSearchParams(pairs.map(([name, value]): [string, string] => [name, value])).toString();
}
