import { pythonJson, type PythonJson } from '#common';
import { defineMappingTag, defineScalarTag, load, mergeTag, NOT_RESOLVED, Schema, seqTag, strTag, YAMLException } from 'js-yaml';
import { plainScalar } from './yaml-scalars.js';
import { YamlError } from './yaml.errors.js';

/** Bounds of a YAML text. */
export interface YamlLimits {
  /** Characters. Default 10,485,760, as for files by URL (contract workflow-engine 1.2). */
  readonly maxLength: number;
  /** Mappings and lists inside each other, aliases resolved. Default 200. */
  readonly maxDepth: number;
  /** Places that repeat an anchor. Default 100. */
  readonly maxAliases: number;
  /** Values of the whole text, aliases resolved. Default 1,000,000. */
  readonly maxValues: number;
}

export const YAML_LIMITS: YamlLimits = { maxLength: 10 * 1024 * 1024, maxDepth: 200, maxAliases: 100, maxValues: 1_000_000 };

/** What a YAML text holds. */
export interface YamlContent {
  /** Whole floats are `PyFloat`, integers beyond 2^53 bigint; keys are texts, as JSON would have them. A tree: nothing stands in it twice. */
  readonly value: PythonJson;
  /** Keys that stand twice in one mapping; the last one counts. */
  readonly repeatedKeys: readonly string[];
}

/**
 * Reads one YAML document as PyYAML's safe loader does: plain data only, never an object of a class. Throws {@link YamlError} for what is not YAML
 * and for what is larger than the limits. Its time grows with the text's length alone.
 */
export function readYaml(text: string, limits: YamlLimits = YAML_LIMITS): YamlContent {
  if (text.length > limits.maxLength)
    throw new YamlError(`The file has more than ${String(limits.maxLength)} characters; that is the most that is read.`, null);
  const repeatedKeys = new Set<string>();
  const options = { schema: schemaFor(repeatedKeys), json: true, maxDepth: limits.maxDepth, maxAliases: limits.maxAliases };
  try {
    const value = load(text, options) as PythonJson;
    return { value: text.includes('*') ? treeOf(value, limits) : value, repeatedKeys: [...repeatedKeys] };
  } catch (error) {
    throw error instanceof YAMLException ? explained(error, limits) : error;
  }
}

function explained(error: YAMLException, { maxDepth, maxAliases }: YamlLimits): YamlError {
  const { reason, mark } = error;
  const place = mark === undefined ? null : { line: mark.line + 1, column: mark.column + 1 };
  const where = place === null ? '' : ` (line ${String(place.line)}, column ${String(place.column)})`;
  if (reason.includes('maxDepth'))
    return new YamlError(`It is nested deeper than ${String(maxDepth)} levels${where}.`, place, { cause: error });
  if (reason.toLowerCase().includes('alias') && reason.includes('max'))
    return new YamlError(`It repeats anchors more than ${String(maxAliases)} times${where}.`, place, { cause: error });
  return new YamlError(`${reason}${where}`, place, { cause: error });
}

/** A mapping or list of which two places are the same object becomes two; so a text of a kilobyte can't become a value of a gigabyte unnoticed. */
function treeOf(value: PythonJson, { maxDepth, maxValues }: YamlLimits): PythonJson {
  let left = maxValues;
  const copy = (item: PythonJson, depth: number): PythonJson => {
    if ((left -= 1) < 0) throw new YamlError(`Its aliases stand for more than ${String(maxValues)} values.`, null);
    if (depth > maxDepth) throw new YamlError(`It is nested deeper than ${String(maxDepth)} levels.`, null);
    if (Array.isArray(item)) return item.map((child) => copy(child, depth + 1));
    if (typeof item !== 'object' || item === null || !isMapping(item)) return item;
    const mapping: Record<string, PythonJson> = {};
    for (const [key, child] of Object.entries(item)) put(mapping, key, copy(child, depth + 1));
    return mapping;
  };
  return copy(value, 0);
}

function isMapping(value: object): value is Record<string, PythonJson> {
  return Object.getPrototypeOf(value) === Object.prototype;
}

/** `__proto__` is a key like any other. */
function put(mapping: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__') Object.defineProperty(mapping, key, { value, writable: true, enumerable: true, configurable: true });
  else mapping[key] = value;
}

const scalarTag = (name: string, fits: (value: unknown) => boolean) =>
  defineScalarTag<unknown>(`tag:yaml.org,2002:${name}`, {
    implicit: true,
    resolve: (source) => {
      const value = plainScalar(source);
      return value !== undefined && fits(value) ? value : NOT_RESOLVED;
    },
    identify: () => false,
  });

const scalarTags = [
  mergeTag,
  scalarTag('null', (value) => value === null),
  scalarTag('bool', (value) => typeof value === 'boolean'),
  scalarTag('int', (value) => typeof value === 'bigint' || (typeof value === 'number' && Number.isInteger(value))),
  scalarTag('float', (value) => typeof value === 'number' || (typeof value === 'object' && value !== null)),
];

function schemaFor(repeatedKeys: Set<string>): Schema {
  const mapTag = defineMappingTag<Record<string, unknown>>('tag:yaml.org,2002:map', {
    create: () => ({}),
    addPair: (mapping, key, value) => {
      if (typeof key === 'object' && key !== null && (Array.isArray(key) || isMapping(key)))
        return 'a key is a list or a mapping; use a text';
      const name = typeof key === 'string' ? key : pythonJson(key);
      if (Object.hasOwn(mapping, name)) repeatedKeys.add(name);
      put(mapping, name, value);
      return '';
    },
    has: (mapping, key) => Object.hasOwn(mapping, typeof key === 'string' ? key : pythonJson(key)),
    keys: (mapping) => Object.keys(mapping),
    get: (mapping, key) => mapping[String(key)],
    identify: () => false,
  });
  return new Schema([strTag, seqTag, mapTag, ...scalarTags]);
}
