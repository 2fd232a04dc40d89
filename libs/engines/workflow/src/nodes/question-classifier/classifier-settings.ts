import { z } from 'zod';
import { memorySettings, type MemorySettings } from '../../models/memory-settings.js';
import { modelSettings, type ModelSettings } from '../../models/model-settings.js';
import { readTextTemplate, type TextTemplate } from '../../models/text-template.js';
import { visionSettings, type VisionSettings } from '../../models/vision-settings.js';
import type { Selector } from '../../pool/selector.js';
import type { NodeData } from '../node-type.js';
import { selectorSchema } from '../selector-schema.js';

/** A class that a text can belong to. */
export interface TextClass {
  readonly id: string;
  readonly name: string;
  /** What the newer console calls it; null for none. */
  readonly label: string | null;
}

/** A question-classifier node's configuration, read once. */
export interface ClassifierSettings {
  readonly query: Selector;
  readonly model: ModelSettings;
  readonly classes: readonly TextClass[];
  readonly instruction: TextTemplate;
  readonly memory: MemorySettings | null;
  readonly vision: VisionSettings;
}

const text = z.union([z.string(), z.number()]).transform(String);

const schema = z.object({
  query_variable_selector: selectorSchema,
  model: modelSettings,
  classes: z.array(z.object({ id: text, name: text, label: z.string().nullish() })).nullish(),
  instruction: z.string().nullish(),
  memory: memorySettings,
  vision: visionSettings,
});

/** Reads the configuration (contract workflow-engine 7.8). Throws a `ZodError`. */
export function readClassifierSettings(data: NodeData): ClassifierSettings {
  const { query_variable_selector: query, classes, instruction, ...rest } = schema.parse(data);
  return {
    ...rest,
    query,
    classes: (classes ?? []).map(({ id, name, label }) => ({ id, name, label: label ?? null })),
    instruction: readTextTemplate(instruction),
  };
}
