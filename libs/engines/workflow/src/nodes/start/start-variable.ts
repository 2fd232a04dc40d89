import { z } from 'zod';

/** Kinds of fields of a start form (contract workflow-engine 3.6). */
export const START_VARIABLE_TYPES = [
  'text-input',
  'paragraph',
  'select',
  'number',
  'checkbox',
  'file',
  'file-list',
  'json_object',
  'external_data_tool',
] as const;

const textList = z
  .array(z.string())
  .nullish()
  .transform((list) => list ?? []);

/** A field of a start form, as DSL files have it. */
export const startVariableSchema = z.object({
  variable: z.string(),
  label: z.unknown().optional(),
  type: z.string(),
  required: z
    .boolean()
    .nullish()
    .transform((value) => value ?? false),
  default: z.unknown().optional(),
  max_length: z.number().nullish(),
  options: textList,
  allowed_file_types: textList,
  allowed_file_extensions: textList,
  allowed_file_upload_methods: textList,
  json_schema: z.unknown().optional(),
});
export type StartVariable = z.infer<typeof startVariableSchema>;
