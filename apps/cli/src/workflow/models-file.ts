import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { readYaml, YamlError } from '#engines/workflow';
import { UsageError } from '../command.js';

const text = z.string();
/** `*` for any; otherwise the name, in any case. */
const pattern = text.default('*');
const values = z.record(text, z.unknown());

/** What a scripted tool or agent says. */
const saying = {
  text: text.optional(),
  json: z.unknown().optional(),
  variables: values.optional(),
  /** Fails with this message instead. */
  error: text.optional(),
};

const schema = z.strictObject({
  /** Credentials of providers of models, by short or long id, with the names of the provider's form. */
  credentials: z.record(text, z.record(text, z.union([text, z.boolean()]))).default({}),
  /** The model that answers for those without credentials. Default: the built-in test model. */
  default: z.strictObject({ provider: text, name: text }).optional(),
  /** Answers instead of calls; the first that fits counts. */
  answers: z
    .array(z.strictObject({ model: pattern, contains: text.optional(), text: text.optional(), error: text.optional() }))
    .default([]),
  /** What tools say; the first that fits counts. */
  tools: z.array(z.strictObject({ provider: pattern, tool: pattern, ...saying })).default([]),
  /** What agents say; the first that fits counts. */
  agents: z.array(z.strictObject({ strategy: pattern, contains: text.optional(), ...saying })).default([]),
  /** What knowledge bases hold: all entries whose knowledge base is asked and whose `contains` stands in the query. */
  retrieval: z
    .array(
      z.strictObject({
        dataset: pattern,
        contains: text.optional(),
        error: text.optional(),
        segments: z
          .array(
            z.strictObject({
              content: text,
              answer: text.optional(),
              title: text.optional(),
              score: z.number().optional(),
              metadata: values.optional(),
            }),
          )
          .default([]),
      }),
    )
    .default([]),
  /** What people fill into the forms of human-input nodes, by title or id of the node; a form without an entry pauses the run. */
  forms: z.array(z.strictObject({ node: pattern, action: text, inputs: values.default({}) })).default([]),
  /** Values of environment variables, secrets among them, by name; over those of the DSL file, for the variables it declares. */
  environment: z.record(text, z.unknown()).default({}),
});

/** What `--models FILE` says: how models are reached, and what stands in for everything else that a run would reach outside for. */
export type ModelsFile = z.infer<typeof schema>;

/** The file as it is where none was named. */
export const NO_MODELS_FILE: ModelsFile = schema.parse({});

/** Reads a models file, YAML or JSON. Throws {@link UsageError} that says what does not fit. */
export async function readModelsFile(path: string): Promise<ModelsFile> {
  const parsed = schema.safeParse(await contentOf(path));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path: at, message }) => `  ${at.map(String).join('.') || '(file)'}: ${message}`);
  throw new UsageError(`--models ${path}:\n${problems.join('\n')}`);
}

async function contentOf(path: string): Promise<unknown> {
  try {
    const { value } = readYaml(await readFile(path, 'utf8'));
    // Numbers of JavaScript are enough here.
    return JSON.parse(JSON.stringify(value, (_, item: unknown) => (typeof item === 'bigint' ? Number(item) : item))) as unknown;
  } catch (error) {
    if (error instanceof YamlError) throw new UsageError(`--models ${path}: ${error.message}`);
    throw new UsageError(`--models ${path} can't be read: ${(error as Error).message}`);
  }
}

/** Whether an entry's name fits. */
export function fits(entry: string, ...names: readonly string[]): boolean {
  return entry === '*' || names.some((name) => name.toLowerCase() === entry.toLowerCase());
}
