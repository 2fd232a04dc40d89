/** A moment on the clocks of one zone. */
export interface ZonedTime {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
  /** Seconds that the zone is ahead of UTC then. */
  readonly offset: number;
  /** `UTC`, `CET`, `+08`, ... */
  readonly abbreviation: string;
}

/** Date and time of day, without a zone. */
export type LocalTime = Pick<ZonedTime, 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second'>;

const DAY_MS = 86_400_000;
const KNOWN_ZONES = 200;

/** Zones whose letters CLDR does not have: in winter, in summer. Facts of the tz database; Calcutta is what the runtime calls Kolkata. */
const LETTERS: Readonly<Record<string, readonly [standard: string, daylight?: string]>> = {
  'Africa/Cairo': ['EET', 'EEST'],
  'Africa/Johannesburg': ['SAST'],
  'Africa/Lagos': ['WAT'],
  'Africa/Nairobi': ['EAT'],
  'Asia/Calcutta': ['IST'],
  'Asia/Hong_Kong': ['HKT'],
  'Asia/Jakarta': ['WIB'],
  'Asia/Jerusalem': ['IST', 'IDT'],
  'Asia/Karachi': ['PKT'],
  'Asia/Kolkata': ['IST'],
  'Asia/Manila': ['PST'],
  'Asia/Seoul': ['KST'],
  'Asia/Shanghai': ['CST'],
  'Asia/Taipei': ['CST'],
  'Asia/Tokyo': ['JST'],
  'Europe/Moscow': ['MSK'],
};

/** Letters that the tz database has as well; where it has none, CLDR still may. */
const SHARED_LETTERS = new Set(
  'GMT BST IST WET WEST CET CEST EET EEST EST EDT CST CDT MST MDT PST PDT AKST AKDT HST AST ADT NST NDT AEST AEDT ACST ACDT AWST NZST NZDT'.split(
    ' ',
  ),
);

/** Each knows the letters of its own part of the world. */
const LETTER_LOCALES = ['en-US', 'en-GB', 'en-AU', 'en-NZ', 'en-CA'];

/** A time zone by its name in the tz database. */
export class TimeZone {
  private static readonly known = new Map<string, TimeZone>();
  private readonly clock: Intl.DateTimeFormat;
  private readonly name: string;

  private constructor(name: string) {
    this.clock = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      calendar: 'gregory',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
      era: 'short',
    });
    this.name = this.clock.resolvedOptions().timeZone;
  }

  /** The zone of that name, in any case; undefined when there is none. */
  static find(name: string): TimeZone | undefined {
    const known = TimeZone.known.get(name);
    if (known !== undefined) return known;
    // Offsets are zones to newer runtimes only; nobody shall come to rely on them.
    if (!/^[A-Za-z]/.test(name)) return undefined;
    let zone: TimeZone;
    try {
      zone = new TimeZone(name);
    } catch {
      return undefined;
    }
    if (TimeZone.known.size >= KNOWN_ZONES) TimeZone.known.clear();
    TimeZone.known.set(name, zone);
    return zone;
  }

  /** What the zone's clocks show at a moment (milliseconds since the epoch). */
  at(moment: number): ZonedTime {
    const offset = this.offsetAt(moment);
    const shifted = new Date(moment + offset * 1000);
    const abbreviation = (): string => this.abbreviationAt(moment, offset);
    return {
      year: shifted.getUTCFullYear(),
      month: shifted.getUTCMonth() + 1,
      day: shifted.getUTCDate(),
      hour: shifted.getUTCHours(),
      minute: shifted.getUTCMinutes(),
      second: shifted.getUTCSeconds(),
      millisecond: shifted.getUTCMilliseconds(),
      offset,
      // Rarely asked for, and slow.
      get abbreviation() {
        return abbreviation();
      },
    };
  }

  /** The moment at which the clocks show a time. An hour that comes twice is the later one, one that is left out is counted in winter time. */
  momentOf(local: LocalTime): number {
    const wall = wallMoment(local);
    const offsets = [this.offsetAt(wall - DAY_MS), this.offsetAt(wall + DAY_MS)];
    const fitting = offsets.filter((offset) => this.offsetAt(wall - offset * 1000) === offset);
    return wall - Math.min(...(fitting.length > 0 ? fitting : offsets)) * 1000;
  }

  private offsetAt(moment: number): number {
    const whole = Math.floor(moment / 1000) * 1000;
    const parts = new Map(this.clock.formatToParts(whole).map(({ type, value }) => [type, value]));
    const part = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.get(type));
    const year = parts.get('era')?.startsWith('B') ? 1 - part('year') : part('year');
    const shown = wallMoment({
      year,
      month: part('month'),
      day: part('day'),
      hour: part('hour'),
      minute: part('minute'),
      second: part('second'),
    });
    return (shown - whole) / 1000;
  }

  private abbreviationAt(moment: number, offset: number): string {
    if (this.name === 'UTC') return 'UTC';
    const letters = LETTERS[this.name];
    if (letters !== undefined) {
      const year = new Date(moment).getUTCFullYear();
      const standard = Math.min(...[0, 6].map((month) => this.offsetAt(Date.UTC(year, month, 1))));
      return (offset > standard ? letters[1] : letters[0]) ?? letters[0];
    }
    for (const locale of LETTER_LOCALES) {
      const parts = new Intl.DateTimeFormat(locale, { timeZone: this.name, timeZoneName: 'short' }).formatToParts(moment);
      const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
      if (SHARED_LETTERS.has(name) && (name !== 'GMT' || offset === 0)) return name;
    }
    return numericOffset(offset);
  }
}

/** As the tz database names zones without letters: `+08`, `+0530`. */
function numericOffset(offset: number): string {
  const minutes = Math.round(Math.abs(offset) / 60);
  const pad = (value: number): string => String(value).padStart(2, '0');
  return `${offset < 0 ? '-' : '+'}${pad(Math.floor(minutes / 60))}${minutes % 60 === 0 ? '' : pad(minutes % 60)}`;
}

/** A local time as if it were UTC. Years below 100 are what they say. */
function wallMoment({ year, month, day, hour, minute, second }: LocalTime): number {
  const date = new Date(Date.UTC(2000, month - 1, 1, hour, minute, second));
  date.setUTCFullYear(year, month - 1, day);
  return date.getTime();
}
