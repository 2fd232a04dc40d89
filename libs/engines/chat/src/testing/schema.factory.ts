import { i18n } from '#engines/model-runtime';
import type { ModelFeature, ModelPricing, ModelProperties, ModelSchema, ParameterRule } from '#engines/model-runtime';

interface SchemaFields {
  features?: ModelFeature[] | null;
  properties?: ModelProperties;
  pricing?: ModelPricing | null;
  /** Name and template of each parameter rule. */
  ruleNames?: [string, string | null][];
}

/** A chat model nothing special is known about; state only what matters. */
export function schemaFactory(fields: SchemaFields = {}): ModelSchema {
  return {
    model: 'mock-chat',
    label: i18n('Mock'),
    modelType: 'llm',
    features: fields.features ?? null,
    fetchFrom: 'customizable-model',
    properties: { mode: 'chat', ...fields.properties },
    deprecated: false,
    parameterRules: (fields.ruleNames ?? []).map(([name, useTemplate]) => rule(name, useTemplate)),
    pricing: fields.pricing ?? null,
  };
}

function rule(name: string, useTemplate: string | null): ParameterRule {
  return {
    name,
    useTemplate,
    label: i18n(name),
    type: 'int',
    help: null,
    required: false,
    default: null,
    min: null,
    max: null,
    precision: null,
    options: [],
  };
}
