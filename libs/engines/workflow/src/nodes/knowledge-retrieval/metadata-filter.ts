import { fillText } from '../../models/text-template.js';
import type { MetadataCondition, MetadataFilter } from '../../ports/retriever.port.js';
import { numberOf } from '../../values/segment.js';
import type { NodeContext } from '../node-type.js';
import type { ConditionTemplate, MetadataSettings } from './retrieval-settings.js';

/** The conditions on metadata with their references resolved. */
export function metadataFilter(settings: MetadataSettings, context: NodeContext): MetadataFilter {
  if (settings.mode !== 'manual') return settings;
  return { ...settings, conditions: settings.conditions.map((condition) => resolved(condition, context)) };
}

function resolved({ name, operator, value }: ConditionTemplate, context: NodeContext): MetadataCondition {
  if (value === null || typeof value === 'number') return { name, operator, value };
  if (isTexts(value)) return { name, operator, value };
  const [part] = value;
  // A lone reference to a number stays one.
  const number = value.length === 1 && part?.kind === 'selector' ? numberOf(context.pool.get(part.selector)?.value) : undefined;
  if (number !== undefined) return { name, operator, value: number };
  const text = context.secrets.reveal(fillText(value, context));
  return { name, operator, value: text.replaceAll(/[\r\n\t]+/g, ' ').trim() };
}

function isTexts(value: Exclude<ConditionTemplate['value'], number | null>): value is readonly string[] {
  return value.length > 0 && typeof value[0] === 'string';
}
