import type { ZonedTime } from './time-zone.js';

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;
const MONTHS = [
  ...(['January', 'February', 'March', 'April', 'May', 'June', 'July'] as const),
  ...(['August', 'September', 'October', 'November', 'December'] as const),
] as const;
const DAY_MS = 86_400_000;
const DIRECTIVE = /%([-_0^#]?)(:?[a-zA-Z%])/g;

/** Formats that stand for others. */
const COMPOUND: Readonly<Record<string, string>> = {
  c: '%a %b %e %H:%M:%S %Y',
  D: '%m/%d/%y',
  F: '%Y-%m-%d',
  r: '%I:%M:%S %p',
  R: '%H:%M',
  T: '%H:%M:%S',
  x: '%m/%d/%y',
  X: '%H:%M:%S',
};

/** The name of a month, 1 to 12. */
export function monthName(month: number): string {
  return MONTHS[month - 1] ?? '';
}

/** The name of the day of a date. */
export function dayName(year: number, month: number, day: number): string {
  return DAYS[dayOfWeek({ year, month, day })] ?? '';
}

/** A time in the format of C's strftime, as Python has it under Linux in the C locale. What is no directive stays as it is. */
export function strftime(format: string, time: ZonedTime): string {
  return format.replaceAll(DIRECTIVE, (whole, flag: string, directive: string) => {
    const compound = COMPOUND[directive];
    if (compound !== undefined) return strftime(compound, time);
    const field = fieldOf(directive, time);
    return field === undefined ? whole : flagged(field, flag);
  });
}

/** A number with its usual width and filling, or a text. */
type Field = string | { readonly value: number; readonly width: number; readonly fill: '0' | ' ' };

function digits(value: number, width = 2, fill: '0' | ' ' = '0'): Field {
  return { value, width, fill };
}

function flagged(field: Field, flag: string): string {
  if (typeof field === 'string') {
    if (flag === '^') return field.toUpperCase();
    return flag === '#' ? swapCase(field) : field;
  }
  const { value, width } = field;
  if (flag === '-') return String(value);
  return String(value).padStart(width, flag === '_' ? ' ' : flag === '0' ? '0' : field.fill);
}

/** The flag `#`: letters of a zone and of AM and PM become small, names become large. */
function swapCase(text: string): string {
  return text === text.toUpperCase() ? text.toLowerCase() : text.toUpperCase();
}

function fieldOf(directive: string, time: ZonedTime): Field | undefined {
  const { year, month, day, hour } = time;
  const weekday = dayOfWeek(time);
  const yearDay = dayOfYear(time);
  switch (directive) {
    case '%':
      return '%';
    case 'n':
      return '\n';
    case 't':
      return '\t';
    case 'a':
      return (DAYS[weekday] ?? '').slice(0, 3);
    case 'A':
      return DAYS[weekday] ?? '';
    case 'b':
    case 'h':
      return monthName(month).slice(0, 3);
    case 'B':
      return monthName(month);
    case 'C':
      return digits(Math.floor(year / 100));
    case 'd':
      return digits(day);
    case 'e':
      return digits(day, 2, ' ');
    case 'f':
      return digits(time.millisecond * 1000, 6);
    case 'g':
      return digits(isoWeek(time).year % 100);
    case 'G':
      return digits(isoWeek(time).year, 1);
    case 'H':
      return digits(hour);
    case 'I':
      return digits(hour % 12 || 12);
    case 'j':
      return digits(yearDay + 1, 3);
    case 'k':
      return digits(hour, 2, ' ');
    case 'l':
      return digits(hour % 12 || 12, 2, ' ');
    case 'm':
      return digits(month);
    case 'M':
      return digits(time.minute);
    case 'p':
      return hour < 12 ? 'AM' : 'PM';
    case 'P':
      return hour < 12 ? 'am' : 'pm';
    case 's':
      return String(Math.floor(dateMoment(time) / 1000) + hour * 3600 + time.minute * 60 + time.second - time.offset);
    case 'S':
      return digits(time.second);
    case 'u':
      return digits(weekday || 7, 1);
    case 'U':
      return digits(Math.floor((yearDay + 7 - weekday) / 7));
    case 'V':
      return digits(isoWeek(time).week);
    case 'w':
      return digits(weekday, 1);
    case 'W':
      return digits(Math.floor((yearDay + 7 - ((weekday + 6) % 7)) / 7));
    case 'y':
      return digits(year % 100);
    case 'Y':
      return digits(year, 1);
    case 'z':
      return offsetText(time.offset, '');
    case ':z':
      return offsetText(time.offset, ':');
    case 'Z':
      return time.abbreviation;
    default:
      return undefined;
  }
}

type YearMonthDay = Pick<ZonedTime, 'year' | 'month' | 'day'>;

/** Midnight of a date as if it were in UTC. */
function dateMoment({ year, month, day }: YearMonthDay): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getTime();
}

function dayOfWeek(date: YearMonthDay): number {
  return new Date(dateMoment(date)).getUTCDay();
}

/** From 0. */
function dayOfYear(date: YearMonthDay): number {
  return Math.round((dateMoment(date) - dateMoment({ year: date.year, month: 1, day: 1 })) / DAY_MS);
}

/** Week 1 is the one with the year's first Thursday. */
function isoWeek(date: YearMonthDay): { year: number; week: number } {
  const thursday = new Date(dateMoment(date) + (3 - ((dayOfWeek(date) + 6) % 7)) * DAY_MS);
  const year = thursday.getUTCFullYear();
  const first = dateMoment({ year, month: 1, day: 1 });
  return { year, week: Math.floor((thursday.getTime() - first) / DAY_MS / 7) + 1 };
}

function offsetText(offset: number, colon: string): string {
  const total = Math.abs(offset);
  const pad = (value: number): string => String(value).padStart(2, '0');
  const seconds = total % 60 === 0 ? '' : `${colon}${pad(total % 60)}`;
  return `${offset < 0 ? '-' : '+'}${pad(Math.floor(total / 3600))}${colon}${pad(Math.floor((total % 3600) / 60))}${seconds}`;
}
