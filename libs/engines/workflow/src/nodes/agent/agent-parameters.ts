import { castParameter, formValue, TOOL_PARAMETER_TYPES, ToolError, type ToolParameterType } from '#engines/tools';
import { valueOf, variableMissing } from '../../invoke/parameter-value.js';
import type { AgentParameter, AgentStrategy } from '../../ports/agent-strategies.port.js';
import { NodeFailure } from '../../workflow.errors.js';
import type { NodeContext } from '../node-type.js';
import type { AgentSettings } from './agent-settings.js';
import { toolsOf } from './agent-tools.js';

/** The parameters of one invocation, and what the node shows of them. */
export interface FilledParameters {
  readonly given: Readonly<Record<string, unknown>>;
  readonly shown: Record<string, unknown>;
}

/**
 * Fills in what the strategy declares, in the order of the file: references resolved, defaults taken, values of their types (contract models-agents-tools 9.3). What the
 * strategy does not declare is shown as null and not given. Throws `NodeFailure` when something that is required is missing.
 */
export function fillParameters(settings: AgentSettings, strategy: AgentStrategy, context: NodeContext): FilledParameters {
  const declared = new Map(strategy.parameters.map((parameter) => [parameter.name, parameter]));
  const given: Record<string, unknown> = {};
  const shown: Record<string, unknown> = {};
  for (const [name, parameter] of settings.parameters) {
    const declaration = declared.get(name);
    if (declaration === undefined) {
      shown[name] = null;
      continue;
    }
    const value = valueOf(parameter, context);
    if (value === undefined && parameter.kind === 'variable') throw variableMissing(parameter.selector);
    if (declaration.type === 'array[tools]') {
      const tools = toolsOf(value, { strategy, hasTypedSettings: settings.hasTypedSettings, pool: context.pool });
      given[name] = tools.given;
      shown[name] = tools.shown;
    } else given[name] = shown[name] = value;
  }
  for (const declaration of strategy.parameters) {
    const value = checked(declaration, given[declaration.name]);
    if (value !== null) given[declaration.name] = value;
    else Reflect.deleteProperty(given, declaration.name);
  }
  return { given, shown };
}

function checked({ name, type, required, default: fallback }: AgentParameter, value: unknown): unknown {
  try {
    const known = isKnown(type);
    const filled = formValue({ name, type: known ? type : 'any', required, default: fallback }, value);
    return filled === null || !known ? filled : castParameter(type, filled);
  } catch (error) {
    if (error instanceof ToolError) throw new NodeFailure(error.message, { errorType: 'WorkflowNodeError', cause: error });
    throw error;
  }
}

function isKnown(type: string): type is ToolParameterType {
  return (TOOL_PARAMETER_TYPES as readonly string[]).includes(type);
}
