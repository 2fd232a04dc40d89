import { z } from 'zod';

/** A selector as DSL files have it: node id, variable, and further keys. One that was never filled in is empty and finds nothing. */
export const selectorSchema = z
  .array(z.string())
  .nullish()
  .transform((parts): readonly string[] => parts ?? []);
