import { asArray, asRecord } from '../wire/json-access.js';

const MAX_DEPTH = 12;

/** The smallest JSON that follows a schema; texts are `text`. Deterministic. */
export function sampleJson(schema: unknown, text: string, depth = 0): unknown {
  const rule = asRecord(schema);
  if (!rule || depth > MAX_DEPTH) return null;
  if (rule.const !== undefined) return rule.const;
  if (asArray(rule.enum).length > 0) return asArray(rule.enum)[0];
  if (rule.default !== undefined) return rule.default;
  const variant = asArray(rule.anyOf)[0] ?? asArray(rule.oneOf)[0];
  if (variant !== undefined) return sampleJson(variant, text, depth + 1);
  switch (Array.isArray(rule.type) ? rule.type[0] : rule.type) {
    case 'string':
      return text;
    case 'integer':
    case 'number':
      return typeof rule.minimum === 'number' ? rule.minimum : 0;
    case 'boolean':
      return true;
    case 'array':
      return [sampleJson(rule.items, text, depth + 1)];
    case 'null':
      return null;
    default:
      return sampleObject(rule, text, depth);
  }
}

function sampleObject(rule: Record<string, unknown>, text: string, depth: number): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(asRecord(rule.properties) ?? {}).map(([name, property]) => [name, sampleJson(property, text, depth + 1)]),
  );
}
