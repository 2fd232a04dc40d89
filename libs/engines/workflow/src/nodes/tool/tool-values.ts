import { variableMissing } from '../../invoke/parameter-value.js';
import { fillText } from '../../models/text-template.js';
import type { WorkflowTool } from '../../ports/tools.port.js';
import { renderLog } from '../../values/render.js';
import type { NodeContext } from '../node-type.js';
import type { ToolSettings, ToolValue } from './tool-settings.js';

/** What a call is made with, and what the node shows of it. */
export interface FilledCall {
  readonly given: Readonly<Record<string, unknown>>;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly shown: Record<string, unknown>;
}

/** Fills in the parameters of a call (contract workflow-engine 7.13). Throws `NodeFailure` for a variable that is required and not there. */
export function fillCall(settings: ToolSettings, tool: Pick<WorkflowTool, 'parameters'>, context: NodeContext): FilledCall {
  const given: Record<string, unknown> = {};
  const shown: Record<string, unknown> = {};
  const declared = new Map(tool.parameters.map((parameter) => [parameter.name, parameter]));
  for (const [name, value] of settings.parameters) {
    const parameter = declared.get(name);
    if (parameter === undefined) {
      given[name] = shown[name] = null;
      continue;
    }
    if (value.kind === 'text') {
      given[name] = fillText(value.template, context);
      shown[name] = fillText(value.template, context, { render: renderLog });
      continue;
    }
    const segment = context.pool.get(value.selector);
    if (segment !== undefined) given[name] = shown[name] = segment.value;
    else if (parameter.required) throw variableMissing(value.selector);
  }
  return { given, shown, settings: fillSettings(settings.configurations, tool, context) };
}

function fillSettings(
  configurations: ToolSettings['configurations'],
  { parameters }: Pick<WorkflowTool, 'parameters'>,
  context: NodeContext,
): Record<string, unknown> {
  const filled: Record<string, unknown> = {};
  for (const { name, form } of parameters) {
    if (form !== 'form') continue;
    if (configurations.kind === 'literal') {
      filled[name] = configurations.values[name] ?? null;
      continue;
    }
    const value = configurations.values.get(name);
    if (value !== undefined) filled[name] = settingOf(value, context);
  }
  return filled;
}

function settingOf(value: ToolValue, context: NodeContext): unknown {
  if (value.kind === 'text') return fillText(value.template, context);
  const segment = context.pool.get(value.selector);
  if (segment === undefined) throw variableMissing(value.selector);
  return segment.value;
}
