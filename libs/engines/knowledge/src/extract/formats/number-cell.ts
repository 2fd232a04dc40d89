import { pythonFloat } from '#common';
import { excelDate } from './excel-date.js';

/** A number of a sheet as a text: a date where its format shows one. */
export function numberCell(number: number, { isDate, is1904 }: { isDate: boolean; is1904: boolean }): string {
  if (isDate) return excelDate(number, { is1904 });
  return Number.isInteger(number) ? String(number) : pythonFloat(number);
}
