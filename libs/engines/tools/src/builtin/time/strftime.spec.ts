import { strftime } from './strftime.js';
import { TimeZone } from './time-zone.js';

/** Expected texts are those of Python under Linux (`%:z` since 3.12): `datetime(...).strftime(format)`. */
function at(iso: string, zone = 'UTC'): Parameters<typeof strftime>[1] {
  return (TimeZone.find(zone) as TimeZone).at(Date.parse(iso));
}

describe('strftime', () => {
  const time = at('2024-03-05T07:08:09.123Z');

  it.each([
    ['%a %A %b %B %h', 'Tue Tuesday Mar March Mar'],
    ['%d %e %j %m %y %Y %C', '05  5 065 03 24 2024 20'],
    ['%H %I %k %l %M %S %f %p %P', '07 07  7  7 08 09 123000 AM am'],
    ['%D|%F|%T|%R|%r', '03/05/24|2024-03-05|07:08:09|07:08|07:08:09 AM'],
    ['%c|%x|%X', 'Tue Mar  5 07:08:09 2024|03/05/24|07:08:09'],
    ['%u %w %U %W %V %G %g', '2 2 09 10 10 2024 24'],
    ['%z %:z %Z', '+0000 +00:00 UTC'],
    ['%-d %_d %0e %^a %-H', '5  5 05 TUE 7'],
    ['%s', '1709622489'],
    ['100%% %n|%t|', '100% \n|\t|'],
    ['%Q %', '%Q %'],
    ['今天是%Y年%m月%d日', '今天是2024年03月05日'],
    ['', ''],
  ])('should write %j', (format, text) => {
    expect(strftime(format, time)).toBe(text);
  });

  it('should count the weeks of ISO over the turn of a year', () => {
    expect(strftime('%G-W%V', at('2021-01-03T12:00:00Z'))).toBe('2020-W53');
    expect(strftime('%G-W%V', at('2018-12-31T12:00:00Z'))).toBe('2019-W01');
    expect(strftime('%U %W', at('2023-01-01T12:00:00Z'))).toBe('01 00');
  });

  it('should tell noon and midnight apart', () => {
    expect(strftime('%I %p', at('2024-03-05T00:00:00Z'))).toBe('12 AM');
    expect(strftime('%I %p', at('2024-03-05T12:00:00Z'))).toBe('12 PM');
  });

  it.each([
    ['Asia/Shanghai', 'CST +0800'],
    ['asia/tokyo', 'JST +0900'],
    ['Asia/Kolkata', 'IST +0530'],
    ['Asia/Dubai', '+04 +0400'],
    ['America/Sao_Paulo', '-03 -0300'],
    ['America/New_York', 'EDT -0400'],
    ['Europe/London', 'BST +0100'],
    ['Europe/Berlin', 'CEST +0200'],
    ['Europe/Moscow', 'MSK +0300'],
    ['Australia/Sydney', 'AEST +1000'],
    ['Pacific/Auckland', 'NZST +1200'],
    ['Africa/Cairo', 'EEST +0300'],
    ['UTC', 'UTC +0000'],
  ])('should name the zone %s in July', (zone, text) => {
    expect(strftime('%Z %z', at('2024-07-15T12:00:00Z', zone))).toBe(text);
  });
});

describe('TimeZone', () => {
  it('should know nothing of zones that are none', () => {
    for (const name of ['Mars/Base', '', '+08:00', '-03', ' UTC']) expect(TimeZone.find(name)).toBeUndefined();
  });

  it('should keep moments and clocks in step all over a year', () => {
    for (const name of ['Europe/Berlin', 'America/Sao_Paulo', 'Australia/Lord_Howe', 'Asia/Kathmandu']) {
      const zone = TimeZone.find(name) as TimeZone;
      for (let day = 0; day < 366; day += 1) {
        const moment = Date.UTC(2024, 0, 1 + day, 17, 45, 12);
        expect(zone.momentOf(zone.at(moment))).toBe(moment);
      }
    }
  });
});
