import { CodeFailure, type CodeLanguage } from '#engines/sandbox';
import { isJsonObject, parsePythonJson } from '#common';
import { z } from 'zod';
import type { Selector } from '../../pool/selector.js';
import { plainValue } from '../../values/plain-value.js';
import { failed, type NodeResult } from '../node-result.js';
import type { NodeContext, NodeType } from '../node-type.js';
import { selectorSchema } from '../selector-schema.js';
import { checkOutputs, CodeNodeError } from './check-outputs.js';
import { outputsSchema, type OutputDeclarations } from './output-declaration.js';

const schema = z.object({
  variables: z
    .array(z.object({ variable: z.string(), value_selector: selectorSchema }))
    .nullish()
    .transform((list) => list ?? []),
  code_language: z.enum(['python3', 'javascript']),
  code: z.string(),
  outputs: outputsSchema,
  idempotent: z.boolean().nullish(),
});

interface Settings {
  variables: readonly { variable: string; value_selector: Selector }[];
  language: CodeLanguage;
  code: string;
  outputs: OutputDeclarations;
}

/** Runs a person's own code (contract workflow-engine 7.10). */
export const codeNode: NodeType = {
  type: 'code',
  version: '1',
  execution: 'executable',
  compile: (data) => {
    const { variables, code_language: language, code, outputs, idempotent } = schema.parse(data);
    const settings: Settings = { variables, language, code, outputs };
    return {
      reads: Object.fromEntries(variables.map(({ variable, value_selector: selector }) => [variable, selector])),
      // Our own sandbox reaches nothing outside; with code behind an endpoint the port says so and is asked below.
      repeatable: idempotent ?? true,
      run: (context) => run(settings, context),
    };
  },
};

async function run(settings: Settings, context: NodeContext): Promise<NodeResult> {
  const inputs: Record<string, unknown> = {};
  for (const { variable, value_selector: selector } of settings.variables)
    inputs[variable] = plainValue(context.pool.get(selector)?.value ?? null);
  const { sandbox } = context.ports;
  if (sandbox === undefined) return failed('There is no code sandbox here.', 'CodeExecutionError', { inputs });
  try {
    if (!sandbox.isRepeatable) await context.beforeEffect();
    const { json } = await sandbox.run({
      language: settings.language,
      code: settings.code,
      inputs: context.secrets.reveal(inputs),
      signal: context.signal,
    });
    const result = parsePythonJson(json);
    if (!isJsonObject(result)) return failed('The code must return a map of its outputs.', 'CodeExecutionError', { inputs });
    return { status: 'succeeded', inputs, outputs: checkOutputs(result, settings.outputs, context.limits.code) };
  } catch (error) {
    if (error instanceof CodeFailure || error instanceof CodeNodeError) return failed(error.message, error.errorType, { inputs });
    throw error;
  }
}
