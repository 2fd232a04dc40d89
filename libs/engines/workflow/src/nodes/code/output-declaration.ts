import { z } from 'zod';

/** Types an output of code can be declared with. */
export const OUTPUT_TYPES = [
  'string',
  'number',
  'object',
  'boolean',
  'array[string]',
  'array[number]',
  'array[object]',
  'array[boolean]',
] as const;

/** What an output of code must be; `children` are the fields of an object, `null`: any. */
export interface OutputDeclaration {
  type: (typeof OUTPUT_TYPES)[number];
  children: OutputDeclarations | null;
}
export type OutputDeclarations = Readonly<Record<string, OutputDeclaration>>;

const declarationSchema: z.ZodType<OutputDeclaration> = z.lazy(() =>
  z.object({
    type: z.enum(OUTPUT_TYPES),
    children: z
      .record(z.string(), declarationSchema)
      .nullish()
      .transform((children) => children ?? null),
  }),
);

export const outputsSchema = z
  .record(z.string(), declarationSchema)
  .nullish()
  .transform((outputs): OutputDeclarations => outputs ?? {});
