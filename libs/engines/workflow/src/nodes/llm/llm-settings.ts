import { z } from 'zod';
import { memorySettings, type MemorySettings } from '../../models/memory-settings.js';
import { modelSettings, type ModelSettings } from '../../models/model-settings.js';
import { readTextTemplate, type TextTemplate } from '../../models/text-template.js';
import { visionSettings, type VisionSettings } from '../../models/vision-settings.js';
import type { Selector } from '../../pool/selector.js';
import { selectorSchema } from '../selector-schema.js';
import type { NodeData } from '../node-type.js';

const prompt = z.object({
  text: z.string().nullish(),
  edition_type: z.string().nullish(),
  jinja2_text: z.string().nullish(),
});
const message = prompt.extend({ role: z.enum(['system', 'user', 'assistant']) });

const schema = z.object({
  model: modelSettings,
  prompt_template: z.union([z.array(message), prompt]),
  prompt_config: z
    .object({ jinja2_variables: z.array(z.object({ variable: z.string(), value_selector: selectorSchema })).nullish() })
    .nullish(),
  memory: memorySettings,
  context: z.object({ enabled: z.boolean().nullish(), variable_selector: selectorSchema }).nullish(),
  vision: visionSettings,
  structured_output_enabled: z.boolean().nullish(),
  // The newer engine's name of the switch (contract workflow-engine 14).
  structured_output_switch_on: z.boolean().nullish(),
  structured_output: z.object({ schema: z.unknown().optional() }).nullish(),
  reasoning_format: z.string().nullish(),
});

/** A piece of the prompt. */
export interface PromptPiece {
  readonly role: 'system' | 'user' | 'assistant';
  /** Text with references; or a Jinja2 template. */
  readonly body: { readonly kind: 'basic'; readonly template: TextTemplate } | { readonly kind: 'jinja2'; readonly source: string };
}

/** An llm node's configuration, read once. */
export interface LlmSettings {
  readonly model: ModelSettings;
  /** `chat`: messages; `completion`: one text. By the form of the template, not by the model's mode. */
  readonly form: 'chat' | 'completion';
  readonly pieces: readonly PromptPiece[];
  readonly jinjaVariables: readonly { readonly name: string; readonly selector: Selector }[];
  readonly memory: MemorySettings | null;
  /** What is asked at the end of a prompt with memory; null for the user's own words. */
  readonly memoryQuery: PromptPiece | null;
  readonly context: Selector | null;
  readonly vision: VisionSettings;
  /** Null: plain text. */
  readonly output: { readonly schema: unknown } | null;
  readonly separatesReasoning: boolean;
}

/** Reads the configuration of an llm node (contract workflow-engine 7.4). Throws a `ZodError`. */
export function readLlmSettings(data: NodeData): LlmSettings {
  const raw = schema.parse(data);
  const { prompt_template: template, memory, context } = raw;
  const isStructured = raw.structured_output_enabled ?? raw.structured_output_switch_on ?? false;
  return {
    model: raw.model,
    form: Array.isArray(template) ? 'chat' : 'completion',
    pieces: Array.isArray(template) ? template.map((entry) => pieceOf(entry, entry.role)) : [pieceOf(template, 'user')],
    jinjaVariables: (raw.prompt_config?.jinja2_variables ?? []).map(({ variable, value_selector }) => ({
      name: variable,
      selector: value_selector,
    })),
    memory,
    memoryQuery: memory === null || memory.query === '' ? null : pieceOf({ text: memory.query }, 'user'),
    context: context?.enabled && context.variable_selector.length >= 2 ? context.variable_selector : null,
    vision: raw.vision,
    output: isStructured ? { schema: raw.structured_output?.schema } : null,
    separatesReasoning: raw.reasoning_format === 'separated',
  };
}

function pieceOf(raw: z.infer<typeof prompt>, role: PromptPiece['role']): PromptPiece {
  if (raw.edition_type === 'jinja2') return { role, body: { kind: 'jinja2', source: raw.jinja2_text ?? '' } };
  return { role, body: { kind: 'basic', template: readTextTemplate(raw.text) } };
}
