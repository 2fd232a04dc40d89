import type { PromptTool } from '#engines/model-runtime';
import type { ParameterType, WantedParameter } from './extractor-settings.js';

/** The function that the model calls with what it found. */
export const EXTRACT_FUNCTION = 'extract_parameters';

/** What is wanted, as a JSON Schema. */
export function parameterSchema(parameters: readonly WantedParameter[]): Record<string, unknown> {
  return {
    type: 'object',
    properties: Object.fromEntries(
      parameters.map(({ name, type, description, options }) => [
        name,
        { description, ...jsonType(type), ...(options !== null && { enum: options }) },
      ]),
    ),
    required: parameters.filter(({ required }) => required).map(({ name }) => name),
  };
}

/** What is wanted, as a function. */
export function extractFunction(parameters: readonly WantedParameter[]): PromptTool {
  return {
    name: EXTRACT_FUNCTION,
    description: 'Takes the parameters that were found in the text.',
    parameters: parameterSchema(parameters),
  };
}

function jsonType(type: ParameterType): Record<string, unknown> {
  const element = /^array\[(\w+)\]$/.exec(type)?.[1];
  return element === undefined ? { type } : { type: 'array', items: { type: element } };
}
