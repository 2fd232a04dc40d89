import { ToolParameterError } from '../tools.errors.js';
import type { ToolParameter } from '../types/tool-parameter.js';
import { castParameter } from './cast-parameter.js';
import { formValue } from './form-value.js';

/** What came from where. */
export interface RawParameters {
  /** From the model, or from variables of a workflow. Names that the tool does not know are passed on. */
  readonly given: Readonly<Record<string, unknown>>;
  /** Filled in before the run; they overrule what was given. A name that is absent has no value; one that is null or empty takes its default. */
  readonly settings: Readonly<Record<string, unknown>>;
}

/** The parameters of a call, of their types (contract models-agents-tools 9.3). Throws `ToolParameterError` for what is missing or wrong. */
export function prepareParameters(declared: readonly ToolParameter[], { given, settings }: RawParameters): Record<string, unknown> {
  const prepared: Record<string, unknown> = { ...given };
  for (const parameter of declared) {
    const { name } = parameter;
    const isSet = parameter.form === 'form' && Object.hasOwn(settings, name);
    const value = isSet ? formValue(parameter, settings[name]) : givenValue(parameter, given[name]);
    if (value === undefined || value === null) Reflect.deleteProperty(prepared, name);
    else prepared[name] = value;
  }
  return prepared;
}

function givenValue(parameter: ToolParameter, value: unknown): unknown {
  const { name, form, required, type } = parameter;
  // A setting nobody made is left to the tool.
  const filled = value ?? (form === 'llm' ? parameter.default : null);
  if (filled !== null && filled !== undefined) return castParameter(type, filled);
  if (required && form === 'llm') throw new ToolParameterError(`Missing required parameter ${name}`);
  return undefined;
}
