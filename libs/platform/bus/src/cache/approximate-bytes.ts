const MOST_NODES = 20_000;
const OBJECT_BYTES = 32;
const FIELD_BYTES = 16;

/**
 * Roughly the memory of a value: strings by length, 16 bytes a field, what is shared counted once. Values so large that
 * walking them would cost more than it tells are extrapolated.
 */
export function approximateBytes(value: unknown): number {
  const seen = new Set<object>();
  const stack: unknown[] = [value];
  let bytes = 0;
  for (let nodes = 0; stack.length > 0; nodes += 1) {
    if (nodes === MOST_NODES) return bytes + (bytes / nodes) * stack.length;
    const item = stack.pop();
    if (typeof item === 'string') bytes += 16 + item.length;
    else if (ArrayBuffer.isView(item)) bytes += OBJECT_BYTES + item.byteLength;
    else if (typeof item === 'object' && item !== null && !seen.has(item)) {
      seen.add(item);
      const children = childrenOf(item);
      bytes += OBJECT_BYTES + children.length * FIELD_BYTES;
      for (const child of children) stack.push(child);
    }
  }
  return bytes + FIELD_BYTES;
}

function childrenOf(item: object): unknown[] {
  if (Array.isArray(item)) return item;
  if (item instanceof Map) return [...item.keys(), ...item.values()] as unknown[];
  if (item instanceof Set) return [...item] as unknown[];
  return Object.values(item);
}
