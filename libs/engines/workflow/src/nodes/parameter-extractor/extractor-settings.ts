import { z } from 'zod';
import { memorySettings, type MemorySettings } from '../../models/memory-settings.js';
import { modelSettings, type ModelSettings } from '../../models/model-settings.js';
import { readTextTemplate, type TextTemplate } from '../../models/text-template.js';
import { visionSettings, type VisionSettings } from '../../models/vision-settings.js';
import type { Selector } from '../../pool/selector.js';
import { NodeConfigError, type NodeData } from '../node-type.js';
import { selectorSchema } from '../selector-schema.js';

/** Types a parameter can have. */
export const PARAMETER_TYPES = [
  'string',
  'number',
  'boolean',
  'array[string]',
  'array[number]',
  'array[object]',
  'array[boolean]',
] as const;
export type ParameterType = (typeof PARAMETER_TYPES)[number];

/** Old names of types (contract workflow-engine 1.6). */
const OLD_TYPES: ReadonlyMap<string, ParameterType> = new Map([
  ['bool', 'boolean'],
  ['select', 'string'],
]);
/** Names of the node's own outputs. */
const RESERVED = new Set(['__reason', '__is_success', '__usage']);

/** What is to be found in the text, with the names and the order it is shown in. */
export interface WantedParameter {
  readonly name: string;
  readonly type: ParameterType;
  /** Null: any value. */
  readonly options: readonly string[] | null;
  readonly description: string;
  readonly required: boolean;
}

/** A parameter-extractor node's configuration, read once. */
export interface ExtractorSettings {
  readonly model: ModelSettings;
  readonly query: Selector;
  readonly parameters: readonly WantedParameter[];
  readonly instruction: TextTemplate;
  readonly memory: MemorySettings | null;
  readonly vision: VisionSettings;
  /** Whether a function is called where the model can do that; else it is asked for JSON. */
  readonly prefersFunction: boolean;
}

const schema = z.object({
  model: modelSettings,
  query: selectorSchema,
  parameters: z
    .array(
      z.object({
        name: z.string(),
        type: z.string(),
        options: z.array(z.string()).nullish(),
        description: z.string().nullish(),
        required: z.boolean().nullish(),
      }),
    )
    .nullish(),
  instruction: z.string().nullish(),
  reasoning_mode: z.string().nullish(),
  memory: memorySettings,
  vision: visionSettings,
});

/** Reads the configuration (contract workflow-engine 7.21). Throws a `ZodError` or `NodeConfigError`. */
export function readExtractorSettings(data: NodeData): ExtractorSettings {
  const { parameters, instruction, reasoning_mode, ...rest } = schema.parse(data);
  return {
    ...rest,
    parameters: (parameters ?? []).map(({ name, type, options, description, required }, index) => ({
      name: checkedName(name, index),
      type: typeOf(type, index),
      options: options?.length ? options : null,
      description: description ?? '',
      required: required ?? false,
    })),
    instruction: readTextTemplate(instruction),
    prefersFunction: reasoning_mode !== 'prompt',
  };
}

function checkedName(name: string, index: number): string {
  if (name === '') throw new NodeConfigError(`parameters.${String(index)}.name`, 'A parameter needs a name.');
  if (RESERVED.has(name))
    throw new NodeConfigError(`parameters.${String(index)}.name`, `The name ${name} is the node's own. Choose another.`);
  return name;
}

function typeOf(raw: string, index: number): ParameterType {
  const type = OLD_TYPES.get(raw) ?? PARAMETER_TYPES.find((known) => known === raw);
  if (type !== undefined) return type;
  throw new NodeConfigError(
    `parameters.${String(index)}.type`,
    `The type ${raw} can't be extracted. Use one of ${PARAMETER_TYPES.join(', ')}.`,
  );
}
