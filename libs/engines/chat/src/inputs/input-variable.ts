import { isJsonObject } from '#common';
import { integerOr, listOf, nonEmptyText, own, textOr, textsOf } from '../config/values.js';

/** Types of form fields (contract service-and-web-api 6). */
export const INPUT_TYPES = [
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
export type InputType = (typeof INPUT_TYPES)[number];

/** One field of an app's form. */
export interface InputVariable {
  readonly name: string;
  readonly label: string;
  readonly type: InputType;
  readonly required: boolean;
  /** Longest text in characters, or most files; null: no limit. */
  readonly maxLength: number | null;
  /** The values a select takes. */
  readonly options: readonly string[];
  /** As configured; whether it fills an empty optional field is the caller's choice. Undefined when there is none. */
  readonly default: unknown;
}

/** Reads a form in the old structure, one key an entry naming the type. Entries that are none are left out. */
export function parseInputForm(form: unknown): InputVariable[] {
  return listOf(form).flatMap((item) => {
    const entry = isJsonObject(item) ? Object.entries(item)[0] : undefined;
    if (entry === undefined || !isJsonObject(entry[1])) return [];
    const [key, field] = entry;
    const type = INPUT_TYPES.find((candidate) => candidate === key);
    const name = nonEmptyText(own(field, 'variable'));
    if (type === undefined || name === null) return [];
    const limit = integerOr(own(field, 'max_length'), 0);
    return [
      {
        name,
        label: textOr(own(field, 'label'), name),
        type,
        required: own(field, 'required') === true,
        maxLength: limit > 0 ? limit : null,
        options: textsOf(own(field, 'options')),
        default: own(field, 'default'),
      },
    ];
  });
}
