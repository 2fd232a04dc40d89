import { z } from 'zod';
import type { NodeType } from '../node-type.js';
import type { ResponsePart } from '../../streaming/response-template.js';
import { selectorSchema } from '../selector-schema.js';

const schema = z.object({
  outputs: z
    .array(z.object({ variable: z.string(), value_selector: selectorSchema }))
    .nullish()
    .transform((list) => list ?? []),
});

/** Gathers the outputs of a workflow (contract workflow-engine 7.2). A value that is missing is null. */
export const endNode: NodeType = {
  type: 'end',
  version: '1',
  execution: 'response',
  compile: (data) => {
    const { outputs } = schema.parse(data);
    const response: ResponsePart[] = outputs.flatMap(({ value_selector: selector }, index) =>
      index === 0 ? [{ selector }] : [{ text: '\n' }, { selector }],
    );
    return {
      reads: Object.fromEntries(outputs.map(({ variable, value_selector: selector }) => [variable, selector])),
      repeatable: true,
      response,
      run: ({ pool }) => {
        const values: Record<string, unknown> = {};
        for (const { variable, value_selector: selector } of outputs) values[variable] = pool.get(selector) ?? null;
        return { status: 'succeeded', inputs: values, outputs: values };
      },
    };
  },
};
