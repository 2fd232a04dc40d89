import type { FileValue } from '../values/file-value.js';
import type { Segment } from '../values/segment.js';
import { holds, type Operator } from './operators.js';

/** Conditions on the attributes of the files of a list (contract workflow-engine 7.9). */
export interface FileConditions {
  readonly operator: 'and' | 'or';
  readonly conditions: readonly { readonly key: string; readonly operator: Operator; readonly value: unknown }[];
}

/** Whether the files of a list meet the conditions: some file each of them, or every file for those that say "not". */
export function fileConditionHolds(_operator: 'contains' | 'not contains' | 'all of', list: Segment, group: FileConditions): boolean {
  const files = list.value as readonly FileValue[];
  const results = group.conditions.map(({ key, operator, value }) => {
    const expected = key === 'extension' ? dotted(value) : value;
    const test = (file: FileValue): boolean =>
      holds(operator, key === 'extension' ? dotted(file.attribute(key)) : (file.attribute(key) ?? null), expected);
    return operator.includes('not') ? files.every(test) : files.some(test);
  });
  return group.operator === 'and' ? results.every(Boolean) : results.some(Boolean);
}

function dotted(extension: unknown): unknown {
  if (Array.isArray(extension)) return extension.map(dotted);
  return typeof extension === 'string' && extension !== '' && !extension.startsWith('.') ? `.${extension}` : extension;
}
