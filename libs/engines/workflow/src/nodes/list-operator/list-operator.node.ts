import { parseSelectorTemplate, type TemplatePart } from '#engines/templates';
import { pythonRepr } from '#common';
import { z } from 'zod';
import { selectorText } from '../../pool/selector.js';
import { segmentOf, Segment } from '../../values/segment.js';
import { NodeFailure } from '../../workflow.errors.js';
import type { NodeContext, NodeType } from '../node-type.js';
import type { NodeResult } from '../node-result.js';
import { selectorSchema } from '../selector-schema.js';
import { filterTest, orderItems } from './list-operations.js';

const conditionSchema = z.object({ key: z.string().nullish(), comparison_operator: z.string(), value: z.unknown().optional() });
const schema = z.object({
  variable: selectorSchema,
  filter_by: z.object({ enabled: z.boolean().nullish(), conditions: z.array(conditionSchema).nullish() }).nullish(),
  order_by: z.object({ enabled: z.boolean().nullish(), key: z.string().nullish(), value: z.enum(['asc', 'desc']).nullish() }).nullish(),
  limit: z.object({ enabled: z.boolean().nullish(), size: z.number().int().nullish() }).nullish(),
  extract_by: z.object({ enabled: z.boolean().nullish(), serial: z.union([z.string(), z.number()]).nullish() }).nullish(),
});

/** A value of a condition: a text with references, or a value as it stands. */
type Value = { parts: readonly TemplatePart[] } | { value: unknown };

interface Settings {
  variable: readonly string[];
  filters: readonly { key: string; operator: string; value: Value }[];
  order: { key: string; descending: boolean } | null;
  /** End of a slice, as Python has it: -1 leaves the last element out. */
  limit: number | null;
  serial: readonly TemplatePart[] | null;
}

/** Filters, picks, sorts and cuts a list (contract workflow-engine 7.23). */
export const listOperatorNode: NodeType = {
  type: 'list-operator',
  version: '1',
  execution: 'executable',
  compile: (data) => {
    const raw = schema.parse(data);
    const settings: Settings = {
      variable: raw.variable,
      filters:
        raw.filter_by?.enabled === true
          ? (raw.filter_by.conditions ?? []).map((item) => ({
              key: item.key ?? '',
              operator: item.comparison_operator,
              value: readValue(item.value),
            }))
          : [],
      order: raw.order_by?.enabled === true ? { key: raw.order_by.key ?? '', descending: raw.order_by.value === 'desc' } : null,
      limit: raw.limit?.enabled === true ? (raw.limit.size ?? -1) : null,
      serial: raw.extract_by?.enabled === true ? parseSelectorTemplate(String(raw.extract_by.serial ?? '1')) : null,
    };
    return { reads: { variable: raw.variable }, repeatable: true, run: (context) => run(settings, context) };
  },
};

function readValue(value: unknown): Value {
  return typeof value === 'string' ? { parts: parseSelectorTemplate(value) } : { value: value ?? '' };
}

const ALLOWED = ['array[file]', 'array[number]', 'array[string]', 'array[boolean]'] as const;
type ListType = (typeof ALLOWED)[number];

function run(settings: Settings, context: NodeContext): NodeResult {
  const source = context.pool.get(settings.variable);
  if (source === undefined) throw new NodeFailure(`Variable not found for selector: ${pythonRepr([...settings.variable])}`);
  const inputs = { variable: source };
  if (Array.isArray(source.value) && source.value.length === 0)
    return { status: 'succeeded', inputs, processData: inputs, outputs: { result: source, first_record: null, last_record: null } };
  if (!ALLOWED.includes(source.type as ListType)) throw new NodeFailure(`Variable ${selectorText(settings.variable)} is not an array type`);
  const type = source.type as ListType;
  const items = operate(settings, type, source.value as unknown[], context);
  return {
    status: 'succeeded',
    inputs,
    processData: inputs,
    outputs: { result: new Segment(type, items), first_record: segmentOf(items[0] ?? null), last_record: segmentOf(items.at(-1) ?? null) },
  };
}

function operate(settings: Settings, type: ListType, source: readonly unknown[], context: NodeContext): unknown[] {
  let items = [...source];
  for (const { key, operator, value } of settings.filters) {
    const expected = 'value' in value ? value.value : textOf(value.parts, context);
    items = items.filter(filterTest({ type, key, operator, expected }));
  }
  if (settings.serial !== null) items = [pick(items, textOf(settings.serial, context))];
  if (settings.order !== null) items = orderItems(type, items, settings.order);
  return settings.limit === null ? items : items.slice(0, settings.limit);
}

function pick(items: readonly unknown[], serial: string): unknown {
  const place = Number(serial.trim());
  if (!Number.isInteger(place) || place < 1) throw new NodeFailure(`Invalid serial index: must be >= 1, got ${serial}`);
  if (place > items.length) throw new NodeFailure(`Invalid serial index: must be <= ${items.length}, got ${place}`);
  return items[place - 1];
}

function textOf(parts: readonly TemplatePart[], context: NodeContext): string {
  return parts
    .map((part) => (part.kind === 'selector' ? context.text(part.selector) : part.kind === 'text' ? part.text : part.source))
    .join('');
}
