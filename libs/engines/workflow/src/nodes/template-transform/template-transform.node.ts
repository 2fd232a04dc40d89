import { JinjaEnvironment, TemplateError } from '#engines/templates';
import { z } from 'zod';
import type { Selector } from '../../pool/selector.js';
import { plainValue } from '../../values/plain-value.js';
import { failed, type NodeResult } from '../node-result.js';
import type { NodeContext, NodeType } from '../node-type.js';
import { isRepeatable } from '../repeatable.js';
import { selectorSchema } from '../selector-schema.js';

const schema = z.object({
  variables: z
    .array(z.object({ variable: z.string(), value_selector: selectorSchema }))
    .nullish()
    .transform((list) => list ?? []),
  template: z
    .string()
    .nullish()
    .transform((text) => text ?? ''),
});

interface Settings {
  variables: readonly { variable: string; value_selector: Selector }[];
  /** The template, parsed; or why it can't be: the node then fails when it runs, and the rest of the graph is unharmed. */
  template: { environment: JinjaEnvironment; name: string } | TemplateError;
}

/**
 * Fills a Jinja2 template (contract workflow-engine 7.11). A secret that is put into the text stays a token in it; filters see the token, so that no part of a
 * value gets out in another shape.
 */
export const templateTransformNode: NodeType = {
  type: 'template-transform',
  version: '1',
  execution: 'executable',
  compile: (data) => {
    const { variables, template } = schema.parse(data);
    const settings: Settings = { variables, template: parse(data.title || 'template', template) };
    return {
      reads: Object.fromEntries(variables.map(({ variable, value_selector: selector }) => [variable, selector])),
      repeatable: isRepeatable(data, true),
      run: (context) => run(settings, context),
    };
  },
};

function parse(name: string, source: string): Settings['template'] {
  const environment = new JinjaEnvironment();
  try {
    environment.add(name, source);
    return { environment, name };
  } catch (error) {
    if (error instanceof TemplateError) return error;
    throw error;
  }
}

function run({ variables, template }: Settings, context: NodeContext): NodeResult {
  const inputs: Record<string, unknown> = {};
  for (const { variable, value_selector: selector } of variables) inputs[variable] = plainValue(context.pool.get(selector)?.value ?? null);
  if (template instanceof TemplateError) return refused(template, inputs);
  let output: string;
  try {
    output = template.environment.render(template.name, inputs);
  } catch (error) {
    if (error instanceof TemplateError) return refused(error, inputs);
    throw error;
  }
  const limit = context.limits.templateMaxLength;
  if (isLongerThan(output, limit)) return failed(`Output length exceeds ${limit} characters`, '', { inputs });
  return { status: 'succeeded', inputs, outputs: { output } };
}

/** The original runs templates as code, and they fail as code does. */
function refused(error: TemplateError, inputs: Record<string, unknown>): NodeResult {
  return failed(error.message, 'CodeExecutionError', { inputs });
}

/** Counts characters, not UTF-16 units, and only where that makes a difference. */
function isLongerThan(text: string, limit: number): boolean {
  if (text.length <= limit) return false;
  if (text.length > limit * 2) return true;
  return Array.from(text).length > limit;
}
