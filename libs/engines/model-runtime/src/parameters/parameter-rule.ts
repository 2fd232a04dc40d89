import type { RuleFacts } from '../catalogue/facts.js';
import { i18n } from '../types/i18n.js';
import type { ParameterRule } from '../types/model-schema.js';
import { PARAMETER_TEMPLATES } from './templates.js';

/**
 * Completes a rule from its template. The template fills whatever is falsy in the rule, an explicit 0 too
 * (contract models-agents-tools 1.3); an unknown template fills nothing.
 */
export function toParameterRule(facts: RuleFacts): ParameterRule {
  const name = facts.use_template ?? '';
  const template = Object.hasOwn(PARAMETER_TEMPLATES, name) ? PARAMETER_TEMPLATES[name] : undefined;
  return {
    name: facts.name,
    useTemplate: facts.use_template ?? null,
    label: facts.label ? i18n(facts.label) : (template?.label ?? i18n(readable(facts.name))),
    type: facts.type ?? template?.type ?? 'string',
    help: template?.help ?? null,
    required: facts.required ?? false,
    default: facts.default || (template?.default ?? facts.default ?? null),
    min: facts.min || (template?.min ?? facts.min ?? null),
    max: facts.max || (template?.max ?? facts.max ?? null),
    precision: facts.precision || (template?.precision ?? facts.precision ?? null),
    options: facts.options?.length ? facts.options : (template?.options ?? []),
  };
}

/** `reasoning_effort` becomes `Reasoning Effort`. */
function readable(name: string): string {
  return name
    .split('_')
    .filter(Boolean)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ');
}
