import { toolSays, type TestCall } from '../../testing/call-tool.js';
import { timeProvider } from './time.provider.js';

function says(tool: string, call: TestCall): Promise<string> {
  return toolSays(timeProvider, tool, call);
}

describe('current_time', () => {
  it('should write the time as it is told to, in the zone it is told', async () => {
    expect(await says('current_time', { settings: { format: '%Y-%m-%d', timezone: 'UTC' } })).toBe('2026-11-23');
    expect(await says('current_time', { settings: { format: '', timezone: 'Asia/Shanghai' } })).toBe('2026-11-23 16:03:46');
    // Given as parameters of a workflow (trace nodes/tool): any zone will do.
    expect(await says('current_time', { given: { format: '%H:%M %Z', timezone: 'America/New_York' } })).toBe('03:03 EST');
    expect(await says('current_time', { given: { format: '%Y', timezone: 'Mars/Base' } })).toBe('Invalid timezone: Mars/Base');
  });

  it('should tell the zone where nobody set a format', async () => {
    expect(await says('current_time', {})).toBe('2026-11-23 08:03:46 UTC');
    expect(await says('current_time', { settings: { timezone: 'Asia/Tokyo' } })).toBe('2026-11-23 17:03:46 JST');
  });

  it('should offer eighteen zones in its form, and no other', async () => {
    const [format, zone] = timeProvider.tools.find(({ declaration }) => declaration.name === 'current_time')?.declaration.parameters ?? [];
    expect(format).toMatchObject({ name: 'format', form: 'form', default: '%Y-%m-%d %H:%M:%S', required: false });
    expect(zone).toMatchObject({ name: 'timezone', form: 'form', default: 'UTC', type: 'select' });
    expect(zone?.options).toHaveLength(18);
    for (const { value } of zone?.options ?? [])
      expect(await says('current_time', { settings: { timezone: value } })).toMatch(/^2026-11-23 \d\d:[03]3:46 ([A-Z]{3,4}|[+-]\d\d)$/);
    await expect(says('current_time', { settings: { timezone: 'Europe/Paris' } })).rejects.toThrow('not in options');
  });
});

describe('localtime_to_timestamp and timestamp_to_localtime', () => {
  it.each([
    ['2024-1-1 0:0:0', undefined, '1704038400'],
    ['2024-01-01 00:00:00', 'UTC', '1704067200'],
    ['2026-11-23 03:03:46', 'America/New_York', '1795421026'],
    // An hour that is left out is counted in winter time; one that comes twice is the later one.
    ['2024-03-31 02:30:00', 'Europe/Berlin', '1711848600'],
    ['2024-10-27 02:30:00', 'Europe/Berlin', '1729992600'],
    ['1969-12-31 23:59:59', 'UTC', '-1'],
  ])('should make a timestamp of %s in %s', async (localtime, timezone, timestamp) => {
    expect(await says('localtime_to_timestamp', { given: { localtime, timezone } })).toBe(timestamp);
  });

  it.each([
    ['1704038400', undefined, '2024-01-01 00:00:00'],
    [1704038400, 'UTC', '2023-12-31 16:00:00'],
    [0, 'Asia/Kolkata', '1970-01-01 05:30:00'],
    [1704038400.9, 'UTC', '2023-12-31 16:00:00'],
  ])('should make a local time of %s in %s', async (timestamp, timezone, localtime) => {
    expect(await says('timestamp_to_localtime', { given: { timestamp, timezone } })).toBe(localtime);
  });

  it('should say what it can not read', async () => {
    await expect(says('localtime_to_timestamp', { given: { localtime: 'yesterday' } })).rejects.toThrow(
      "time data 'yesterday' does not match format '%Y-%m-%d %H:%M:%S'",
    );
    await expect(says('localtime_to_timestamp', { given: { localtime: '2023-2-29 0:0:0' } })).rejects.toThrow('does not match format');
    await expect(says('localtime_to_timestamp', { given: { localtime: '2024-1-1 0:0:0', timezone: 'Mars/Base' } })).rejects.toThrow(
      'Mars/Base',
    );
    await expect(says('localtime_to_timestamp', {})).rejects.toThrow('Missing required parameter localtime');
    await expect(says('timestamp_to_localtime', { given: { timestamp: 'soon' } })).rejects.toThrow('is not in correct type of number');
    await expect(says('timestamp_to_localtime', { given: { timestamp: 300000000000 } })).rejects.toThrow('out of range');
    expect(await says('timestamp_to_localtime', { given: { timestamp: 1e15 } })).toBe('Invalid timestamp: 1000000000000000');
  });
});

describe('timezone_conversion', () => {
  it('should show the clocks elsewhere, from Shanghai to Tokyo unless told otherwise', async () => {
    expect(await says('timezone_conversion', { given: { current_time: '2024-1-1 23:30:0' } })).toBe('2024-01-02 00:30:00');
    const given = { current_time: '2024-7-1 12:00:00', current_timezone: 'UTC', target_timezone: 'America/Los_Angeles' };
    expect(await says('timezone_conversion', { given })).toBe('2024-07-01 05:00:00');
  });
});

describe('weekday', () => {
  it.each([
    // Trace agents/workflow-tool-fixed-parameter.
    [2025, 11, 23, 'November 23, 2025 is Sunday.'],
    ['2024', '2', '29', 'February 29, 2024 is Thursday.'],
    [2023, 2, 29, 'Invalid date: Year 2023, Month 2, Day 29.'],
    [2024, 13, 1, 'Invalid date: Year 2024, Month 13, Day 1.'],
    [0, 1, 1, 'Invalid date: Year 0, Month 1, Day 1.'],
  ])('should tell the day of %s-%s-%s', async (year, month, day, text) => {
    expect(await says('weekday', { given: { year, month, day } })).toBe(text);
  });
});
