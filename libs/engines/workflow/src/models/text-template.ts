import { parseSelectorTemplate, type TemplatePart } from '#engines/templates';
import type { NodeContext } from '../nodes/node-type.js';
import { selectorText, type Selector } from '../pool/selector.js';
import { renderText } from '../values/render.js';
import { WorkflowError } from '../workflow.errors.js';

/** A text with references, read once. */
export type TextTemplate = readonly TemplatePart[];

/** Reads a text with `{{#node.name#}}` in it. */
export function readTextTemplate(text: string | null | undefined): TextTemplate {
  return parseSelectorTemplate(text ?? '');
}

/** The variables of texts, by the names single-step runs call them. */
export function readsOf(...templates: readonly TextTemplate[]): Record<string, Selector> {
  const reads: Record<string, Selector> = {};
  for (const part of templates.flat()) if (part.kind === 'selector') reads[`#${selectorText(part.selector)}#`] = part.selector;
  return reads;
}

/** A prompt needs a variable that there is not. */
export function variableNotFound(name: string): WorkflowError {
  return new WorkflowError(`Variable ${name} not found`, { errorType: 'VariableNotFoundError' });
}

/** The text with its references resolved. One that is not there shows as its name, or fails when `strict`. `render`: how values are written. */
export function fillText(
  template: TextTemplate,
  { pool }: Pick<NodeContext, 'pool'>,
  { strict = false, render = renderText } = {},
): string {
  let text = '';
  for (const part of template) {
    if (part.kind === 'text') text += part.text;
    else if (part.kind === 'special') text += part.source;
    else {
      const segment = pool.get(part.selector);
      if (segment !== undefined) text += render(segment);
      else if (strict) throw variableNotFound(`#${selectorText(part.selector)}#`);
      else text += selectorText(part.selector);
    }
  }
  return text;
}
