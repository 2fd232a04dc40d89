import { z } from 'zod';

const TRUE = new Set(['true', '1', 'yes', 'on']);
const FALSE = new Set(['false', '0', 'no', 'off', '']);

/** A text of any length. */
export const text = () => z.string();

/** `true`, `1`, `yes`, `on` or `false`, `0`, `no`, `off`, in any case. */
export const flag = () =>
  z.string().transform((value, context) => {
    const lower = value.trim().toLowerCase();
    if (TRUE.has(lower)) return true;
    if (FALSE.has(lower)) return false;
    context.addIssue({ code: 'custom', message: 'must be true or false' });
    return z.NEVER;
  });

/** A whole number within bounds, both included. */
export const integer = (min: number, max: number = Number.MAX_SAFE_INTEGER) =>
  z.string().transform((value, context) => {
    const number = Number(value.trim());
    if (value.trim() !== '' && Number.isSafeInteger(number) && number >= min && number <= max) return number;
    context.addIssue({ code: 'custom', message: `must be a whole number from ${String(min)} to ${String(max)}` });
    return z.NEVER;
  });

/** One of a few words. */
export const oneOf = <const T extends readonly [string, ...string[]]>(...values: T) => z.enum(values);

/** A comma list; blanks around items and empty items are dropped. */
export const list = () =>
  z.string().transform((value) =>
    value
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== ''),
  );

/** An absolute http or https URL without a trailing slash; empty is allowed and means unset. */
export const httpUrl = () =>
  z.string().transform((value, context) => {
    const trimmed = value.trim().replace(/\/+$/, '');
    if (trimmed === '') return '';
    if (URL.canParse(trimmed) && /^https?:$/.test(new URL(trimmed).protocol)) return trimmed;
    context.addIssue({ code: 'custom', message: 'must be a URL that starts with http:// or https://' });
    return z.NEVER;
  });
