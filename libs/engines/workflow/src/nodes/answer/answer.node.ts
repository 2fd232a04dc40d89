import { parseSelectorTemplate } from '#engines/templates';
import { z } from 'zod';
import type { Selector } from '../../pool/selector.js';
import { selectorText } from '../../pool/selector.js';
import type { ResponsePart } from '../../streaming/response-template.js';
import { FileValue } from '../../values/file-value.js';
import { renderMarkdown } from '../../values/render.js';
import type { Segment } from '../../values/segment.js';
import { segmentAs } from '../../values/segment.js';
import type { NodeContext, NodeType } from '../node-type.js';
import type { NodeResult } from '../node-result.js';

const schema = z.object({
  answer: z
    .string()
    .nullish()
    .transform((text) => text ?? ''),
});

/** Writes to the person who asks: text with variables in it (contract workflow-engine 7.3). */
export const answerNode: NodeType = {
  type: 'answer',
  version: '1',
  execution: 'response',
  compile: (data) => {
    const response = parseSelectorTemplate(schema.parse(data).answer).map((part): ResponsePart =>
      part.kind === 'selector' ? { selector: part.selector } : { text: part.kind === 'text' ? part.text : part.source },
    );
    const selectors = response.flatMap((part) => ('selector' in part ? [part.selector] : []));
    return {
      reads: Object.fromEntries(selectors.map((selector) => [`#${selectorText(selector)}#`, selector])),
      repeatable: true,
      response,
      run: (context) => run(response, selectors, context),
    };
  },
};

function run(response: readonly ResponsePart[], selectors: readonly Selector[], { pool }: NodeContext): NodeResult {
  let answer = '';
  for (const part of response) {
    if ('text' in part) answer += part.text;
    else {
      const segment = pool.get(part.selector);
      answer += segment === undefined ? selectorText(part.selector) : renderMarkdown(segment);
    }
  }
  const files = selectors.flatMap((selector) => filesOf(pool.get(selector)));
  return { status: 'succeeded', outputs: { answer, files: segmentAs('array[file]', files) } };
}

function filesOf(segment: Segment | undefined): FileValue[] {
  if (segment?.value instanceof FileValue) return [segment.value];
  return segment?.type === 'array[file]' ? (segment.value as FileValue[]) : [];
}
