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

/** Adds what a response node put out to the outputs of its scope: `answer` grows, everything else is the last one's (contract workflow-engine 4.3). */
export function mergeOutputs(into: Record<string, unknown>, outputs: Readonly<Record<string, Segment>>): void {
  for (const [name, segment] of Object.entries(outputs)) {
    const before = into[name];
    into[name] = name === 'answer' && before instanceof Segment ? segmentOf(`${String(before.value)}${String(segment.value)}`) : segment;
  }
}
