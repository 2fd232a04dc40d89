import type { ModelParameters } from '#engines/model-runtime';
import { z } from 'zod';
import type { ModelChoice } from '../ports/models.port.js';

/** The model of a node, read once. */
export interface ModelSettings {
  readonly choice: ModelChoice;
  /** Without `stop`. */
  readonly parameters: ModelParameters;
  readonly stop: readonly string[] | null;
}

/** `model` of a node's data (contract workflow-engine 7.4). */
export const modelSettings = z
  .object({
    provider: z.string(),
    name: z.string(),
    mode: z.string().nullish(),
    completion_params: z.record(z.string(), z.unknown()).nullish(),
  })
  .transform(({ provider, name, mode, completion_params }): ModelSettings => {
    const { stop, ...parameters } = completion_params ?? {};
    const words = Array.isArray(stop) ? stop.filter((word): word is string => typeof word === 'string' && word !== '') : [];
    return {
      choice: { provider, name, mode: mode?.toLowerCase() === 'completion' ? 'completion' : 'chat' },
      parameters,
      stop: words.length === 0 ? null : words,
    };
  });
