import type { ToolText } from './tool-text.js';

/** Kinds of values a tool takes, with their wire names (contract models-agents-tools 9.3). */
export const TOOL_PARAMETER_TYPES = [
  'string',
  'number',
  'boolean',
  'select',
  'secret-input',
  'file',
  'files',
  'checkbox',
  'app-selector',
  'model-selector',
  'any',
  'dynamic-select',
  'array',
  'object',
  'system-files',
  'array[tools]',
] as const;
export type ToolParameterType = (typeof TOOL_PARAMETER_TYPES)[number];

/** Who fills a parameter in: the developer of the tool, the builder of the app before it runs, or the model (in workflows: a variable). */
export type ToolParameterForm = 'schema' | 'form' | 'llm';

/** One of the values that a select offers. */
export interface ToolOption {
  readonly value: string;
  readonly label: ToolText;
  /** A picture's address; null for none. */
  readonly icon: string | null;
}

/** A parameter of a tool, with its wire names (contract console-accounts-models-tools 14.1). */
export interface ToolParameter {
  readonly name: string;
  readonly label: ToolText;
  readonly placeholder: ToolText | null;
  /** What an app or model selector offers, such as `llm`. */
  readonly scope: string | null;
  readonly auto_generate: { readonly type: 'prompt_instruction' } | null;
  readonly template: { readonly enabled: boolean } | null;
  readonly required: boolean;
  readonly default: unknown;
  readonly min: number | null;
  readonly max: number | null;
  /** Digits after the point. */
  readonly precision: number | null;
  readonly options: readonly ToolOption[];
  readonly type: ToolParameterType;
  readonly human_description: ToolText | null;
  readonly form: ToolParameterForm;
  readonly llm_description: string | null;
  /** A JSON Schema in place of the one made from the type; null for none. */
  readonly input_schema: Readonly<Record<string, unknown>> | null;
}

/** What a parameter must say; everything else is absent, and the label is the name. */
export type ToolParameterFacts = Pick<ToolParameter, 'name' | 'type' | 'form'> & Partial<ToolParameter>;

/** A parameter with all its fields. */
export function toolParameter(facts: ToolParameterFacts): ToolParameter {
  const label = facts.label ?? { en_US: facts.name, zh_Hans: facts.name, pt_BR: facts.name, ja_JP: facts.name };
  return {
    label,
    placeholder: null,
    scope: null,
    auto_generate: null,
    template: null,
    required: false,
    default: null,
    min: null,
    max: null,
    precision: null,
    options: [],
    human_description: null,
    llm_description: null,
    input_schema: null,
    ...facts,
  };
}
