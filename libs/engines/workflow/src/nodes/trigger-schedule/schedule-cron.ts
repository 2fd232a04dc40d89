import { z } from 'zod';
import { NodeConfigError } from '../node-type.js';

const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const TIME = /^(1[0-2]|0?[1-9]):([0-5]\d) (AM|PM)$/i;
const PREDEFINED = /^@(yearly|annually|monthly|weekly|daily|midnight|hourly)$/;

const schema = z.object({
  mode: z.enum(['visual', 'cron']).nullish(),
  frequency: z.enum(['hourly', 'daily', 'weekly', 'monthly']).nullish(),
  cron_expression: z.string().nullish(),
  visual_config: z
    .object({
      on_minute: z.number().int().min(0).max(59).nullish(),
      time: z.string().nullish(),
      weekdays: z.array(z.enum(['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'])).nullish(),
      monthly_days: z.array(z.union([z.number().int().min(1).max(31), z.literal('last')])).nullish(),
    })
    .nullish(),
  timezone: z.string().nullish(),
});

type VisualConfig = NonNullable<z.infer<typeof schema>['visual_config']>;

/** When a schedule fires. */
export interface ScheduleCron {
  /** Five fields, or `@daily` and its like; `L` is the last day of a month. */
  readonly expression: string;
  /** Name in the tz database whose clocks count. */
  readonly timezone: string;
}

/**
 * The cron expression of a schedule node (contract models-agents-tools 19.2). Throws a `ZodError`, or a `NodeConfigError` for what is missing. Whether the fields of an
 * expression make sense is for whoever reckons with it.
 */
export function scheduleCron(data: unknown): ScheduleCron {
  const raw = schema.parse(data);
  const timezone = raw.timezone ?? 'UTC';
  if (raw.mode === 'cron') return { expression: writtenExpression(raw.cron_expression ?? ''), timezone };
  if (raw.frequency === null || raw.frequency === undefined) throw new NodeConfigError('frequency', 'A schedule needs a frequency.');
  if (raw.visual_config === null || raw.visual_config === undefined)
    throw new NodeConfigError('visual_config', 'A schedule needs to know when.');
  return { expression: visualExpression(raw.frequency, raw.visual_config), timezone };
}

function writtenExpression(text: string): string {
  const expression = text.trim();
  if (!PREDEFINED.test(expression) && expression.split(/\s+/).length !== 5)
    throw new NodeConfigError('cron_expression', 'A cron expression has five fields: minute, hour, day of month, month, day of week.');
  return expression;
}

function visualExpression(frequency: 'hourly' | 'daily' | 'weekly' | 'monthly', config: VisualConfig): string {
  if (frequency === 'hourly') return `${config.on_minute ?? 0} * * * *`;
  const { hour, minute } = timeOf(config.time);
  switch (frequency) {
    case 'daily':
      return `${minute} ${hour} * * *`;
    case 'weekly':
      return `${minute} ${hour} * * ${listOf(
        'weekdays',
        (config.weekdays ?? []).map((day) => WEEKDAYS.indexOf(day)),
      )}`;
    case 'monthly': {
      const days = config.monthly_days ?? [];
      const numbers = days.filter((day) => day !== 'last');
      const last = days.includes('last') ? ['L'] : [];
      return `${minute} ${hour} ${listOf('monthly_days', numbers, last)} * *`;
    }
  }
}

/** `12:30 AM` is half past midnight. */
function timeOf(text: string | null | undefined): { hour: number; minute: number } {
  const [, hour, minute, half] = TIME.exec((text ?? '').trim()) ?? [];
  if (hour === undefined) throw new NodeConfigError('visual_config.time', 'A time looks like 08:30 AM.');
  return { hour: (Number(hour) % 12) + (half?.toUpperCase() === 'PM' ? 12 : 0), minute: Number(minute) };
}

function listOf(field: string, numbers: readonly number[], rest: readonly string[] = []): string {
  const all = [...[...new Set(numbers)].sort((a, b) => a - b).map(String), ...rest];
  if (all.length === 0) throw new NodeConfigError(`visual_config.${field}`, 'Choose at least one day.');
  return all.join(',');
}
