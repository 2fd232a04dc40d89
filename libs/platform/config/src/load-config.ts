import { readFileSync } from 'node:fs';
import { configAreas } from './areas/index.js';
import { type ConfigClass, type EnvField, envFieldsOf } from './env.js';
import { findCombinationProblems } from './combinations.js';

/** The environment a process was started with. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Checked configuration: one instance a class. */
export class LoadedConfig {
  constructor(
    private readonly instances: ReadonlyMap<ConfigClass, object>,
    /** Variables that look like configuration and are not ours; listed once at start, then ignored. */
    readonly unknown: readonly string[],
  ) {}

  /** The instance of a configuration class. */
  get<T extends object>(type: ConfigClass<T>): T {
    return this.instances.get(type) as T;
  }

  /** All classes with their instances. */
  entries(): IterableIterator<[ConfigClass, object]> {
    return this.instances.entries();
  }
}

/** The environment does not fit: lists every problem, not the first alone. */
export class ConfigError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`The configuration has ${String(problems.length)} problem(s):\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.name = 'ConfigError';
  }
}

/** Reads and checks the whole configuration. Throws {@link ConfigError} with all problems at once. */
export function loadConfig(env: Environment = process.env): LoadedConfig {
  const problems: string[] = [];
  const instances = new Map<ConfigClass, object>();
  for (const type of configAreas) {
    const instance = new type() as Record<string, unknown>;
    for (const field of envFieldsOf(type)) fill(instance, field, env, problems);
    instances.set(type, instance);
  }
  const loaded = new LoadedConfig(instances, unknownVariables(env));
  if (problems.length === 0) problems.push(...findCombinationProblems(loaded));
  if (problems.length > 0) throw new ConfigError(problems);
  return loaded;
}

function fill(instance: Record<string, unknown>, field: EnvField, env: Environment, problems: string[]): void {
  for (const name of field.names) {
    const value = readVariable(name, field, env, problems);
    if (value === undefined || value === '') continue;
    const parsed = field.schema.safeParse(value);
    if (parsed.success) instance[field.property] = parsed.data;
    else
      problems.push(
        `${name} ${parsed.error.issues.map((issue) => issue.message).join(', ')}${field.secret ? '' : ` (it is ${JSON.stringify(value)})`}`,
      );
    return;
  }
}

function readVariable(name: string, field: EnvField, env: Environment, problems: string[]): string | undefined {
  const file = env[`${name}_FILE`];
  if (!field.secret || !file || env[name]) return env[name];
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (cause) {
    problems.push(`${name}_FILE names ${file}, which can't be read: ${(cause as Error).message}`);
    return undefined;
  }
}

/** A Dify `.env` holds many variables for parts that Baya does not have; only those of known families are worth a word. */
const FAMILIES =
  /^(DB|REDIS|CELERY|S3|STORAGE|UPLOAD|CONSOLE|SERVICE|APP|FILES|WEB|LOG|MAIL|SMTP|CODE_EXECUTION|WORKFLOW|INIT|SECRET|BAYA|OTEL)_/;

/** npm sets it for every script. */
const FOREIGN = new Set(['INIT_CWD']);

function unknownVariables(env: Environment): string[] {
  const known = new Set(
    configAreas.flatMap((type) => envFieldsOf(type).flatMap((field) => field.names.flatMap((name) => [name, `${name}_FILE`]))),
  );
  return Object.keys(env)
    .filter((name) => FAMILIES.test(name) && !known.has(name) && !FOREIGN.has(name))
    .sort();
}
