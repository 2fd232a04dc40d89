import { toParameterRule } from '../parameters/parameter-rule.js';
import { i18n } from '../types/i18n.js';
import type { ModelSchema, ParameterRule } from '../types/model-schema.js';
import type { ModelFeature } from '../types/model-type.js';
import type { ModelFacts } from './facts.js';

/** Makes a model's schema out of its facts. */
export function toModelSchema(facts: ModelFacts): ModelSchema {
  const parameterRules = (facts.parameters ?? []).map(toParameterRule);
  return {
    model: facts.model,
    label: i18n(facts.label ?? facts.model),
    modelType: facts.type,
    features: withStructuredOutput(facts.features ?? null, parameterRules),
    fetchFrom: 'predefined-model',
    properties: facts.properties ?? {},
    deprecated: facts.deprecated ?? false,
    parameterRules,
    pricing: facts.pricing ? { ...facts.pricing, output: facts.pricing.output ?? null } : null,
  };
}

/** A rule named `json_schema` means the feature `structured-output` (contract models-agents-tools 1.2). */
export function withStructuredOutput(features: ModelFeature[] | null, rules: readonly ParameterRule[]): ModelFeature[] | null {
  if (!rules.some((rule) => rule.name === 'json_schema') || features?.includes('structured-output')) return features;
  return [...(features ?? []), 'structured-output'];
}
