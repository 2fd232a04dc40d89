import { z } from 'zod';
import { SYSTEM_NODE, type Selector } from '../pool/selector.js';

/** Which files a node shows its model, read once. Null: none. */
export type VisionSettings = { readonly selector: Selector; readonly detail: 'high' | 'low' } | null;

/** `vision` of a node's data (contract workflow-engine 7.4). */
export const visionSettings = z
  .object({
    enabled: z.boolean().nullish(),
    configs: z.object({ variable_selector: z.array(z.string()).nullish(), detail: z.string().nullish() }).nullish(),
  })
  .nullish()
  .transform((vision): VisionSettings => {
    if (!vision?.enabled) return null;
    const selector = vision.configs?.variable_selector ?? [];
    return {
      selector: selector.length < 2 ? [SYSTEM_NODE, 'files'] : selector,
      detail: vision.configs?.detail === 'low' ? 'low' : 'high',
    };
  });
