import { ToolInvokeError } from '../../tools.errors.js';
import { TimeZone, type LocalTime, type ZonedTime } from './time-zone.js';
import { strftime } from './strftime.js';

/** How the tools read and write a time. */
export const TIME_FORMAT = '%Y-%m-%d %H:%M:%S';

const SHAPE = /^(\d{4})-(\d{1,2})-(\d{1,2})\s+(\d{1,2}):(\d{1,2}):(\d{1,2})$/;

/** Reads `2024-1-1 0:0:0`. Throws `ToolInvokeError` for what is no such time. */
export function parseLocalTime(text: string): LocalTime {
  const [, ...numbers] = (SHAPE.exec(text) ?? []).map(Number);
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = numbers;
  if (numbers.length === 0 || !isDate(year, month, day) || hour > 23 || minute > 59 || second > 59)
    throw new ToolInvokeError(`time data '${text}' does not match format '${TIME_FORMAT}'`);
  return { year, month, day, hour, minute, second };
}

/** Whether there is such a day in the calendar; years 1 to 9999. */
export function isDate(year: number, month: number, day: number): boolean {
  if (![year, month, day].every(Number.isInteger) || year < 1 || year > 9999) return false;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return month >= 1 && month <= 12 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** The zone of that name. Throws `ToolInvokeError` when there is none. */
export function zoneNamed(name: string): TimeZone {
  const zone = TimeZone.find(name);
  if (zone === undefined) throw new ToolInvokeError(`unknown time zone: ${name}`);
  return zone;
}

/** A time as the tools write it. Throws `ToolInvokeError` for one outside the calendar. */
export function localTimeText(time: ZonedTime): string {
  if (Number.isNaN(time.year) || time.year < 1 || time.year > 9999) throw new ToolInvokeError(`year ${time.year} is out of range`);
  return strftime(TIME_FORMAT, time);
}
