/** A JSON object of unknown shape, as vendors send it. */
export type JsonRecord = Record<string, unknown>;

/** The value as an object, or undefined. */
export function asRecord(value: unknown): JsonRecord | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonRecord) : undefined;
}

/** The value as an array; empty when it is none. */
export function asArray(value: unknown): unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}

/** The value as a text that is not empty, or undefined. */
export function asText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The value as a finite number, or undefined. */
export function asNumber(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** The value as text when it is a number or a text that is not empty: some vendors send ids and codes as numbers. */
export function asIdText(value: unknown): string | undefined {
  return typeof value === 'number' ? String(value) : asText(value);
}

/** The text as JSON, or undefined. */
export function tryParseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
