import type { SecretVault } from '../pool/secret-vault.js';
import { Segment, segmentOf } from '../values/segment.js';

const NOTHING: Readonly<Record<string, Segment>> = {};

/** What a node put out, as segments without secrets. */
export function settledOutputs(
  outputs: Readonly<Record<string, unknown>> | undefined,
  secrets: SecretVault,
): Readonly<Record<string, Segment>> {
  if (outputs === undefined) return NOTHING;
  const settled: Record<string, Segment> = {};
  for (const name in outputs) {
    const segment = segmentOf(outputs[name]);
    const value = secrets.seal(segment.value);
    settled[name] = value === segment.value ? segment : new Segment(segment.type, value);
  }
  return settled;
}

/** Values as plain data for events: segments are unwrapped. */
export function plainValues(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const plain: Record<string, unknown> = {};
  for (const name in values) {
    const value = values[name];
    plain[name] = value instanceof Segment ? value.value : value;
  }
  return plain;
}
