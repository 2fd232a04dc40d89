import { isJsonObject } from '#common';
import { fillText, readsOf, readTextTemplate, type TextTemplate } from '../models/text-template.js';
import type { NodeContext } from '../nodes/node-type.js';
import type { Selector } from '../pool/selector.js';

/** A JSON value with references in its texts, read once. `plain`: there are none. */
export type DeepTemplate =
  | { readonly kind: 'plain'; readonly value: unknown }
  | { readonly kind: 'text'; readonly template: TextTemplate }
  | { readonly kind: 'list'; readonly items: readonly DeepTemplate[] }
  | { readonly kind: 'object'; readonly entries: readonly (readonly [name: string, value: DeepTemplate])[] };

/** Reads a value with `{{#node.name#}}` somewhere in it. */
export function readDeepTemplate(value: unknown): DeepTemplate {
  if (typeof value === 'string') {
    const template = readTextTemplate(value);
    return template.some(({ kind }) => kind === 'selector') ? { kind: 'text', template } : { kind: 'plain', value };
  }
  if (Array.isArray(value)) {
    const items = value.map(readDeepTemplate);
    return items.every(({ kind }) => kind === 'plain') ? { kind: 'plain', value } : { kind: 'list', items };
  }
  if (!isJsonObject(value)) return { kind: 'plain', value };
  const entries = Object.entries(value).map(([name, item]) => [name, readDeepTemplate(item)] as const);
  return entries.every(([, { kind }]) => kind === 'plain') ? { kind: 'plain', value } : { kind: 'object', entries };
}

/** The value with its references resolved as texts. */
export function fillDeep(template: DeepTemplate, context: Pick<NodeContext, 'pool'>): unknown {
  switch (template.kind) {
    case 'plain':
      return template.value;
    case 'text':
      return fillText(template.template, context);
    case 'list':
      return template.items.map((item) => fillDeep(item, context));
    case 'object':
      return Object.fromEntries(template.entries.map(([name, item]) => [name, fillDeep(item, context)]));
  }
}

/** The variables that a value refers to, by the names single-step runs call them. */
export function readsOfDeep(template: DeepTemplate): Record<string, Selector> {
  switch (template.kind) {
    case 'plain':
      return {};
    case 'text':
      return readsOf(template.template);
    case 'list':
      return Object.assign({}, ...template.items.map(readsOfDeep)) as Record<string, Selector>;
    case 'object':
      return Object.assign({}, ...template.entries.map(([, item]) => readsOfDeep(item))) as Record<string, Selector>;
  }
}
