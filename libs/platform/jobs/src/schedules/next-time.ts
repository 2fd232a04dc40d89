import cronParser from 'cron-parser';
import type { ScheduleContract } from '../contract/schedule-contract.js';

/** The first time of a schedule after a moment; null when the schedule can't be read. */
export function nextTime(schedule: Pick<ScheduleContract, 'cron' | 'timeZone'>, after: Date): Date | null {
  try {
    return cronParser.parseExpression(schedule.cron, { currentDate: after, tz: schedule.timeZone }).next().toDate();
  } catch {
    return null;
  }
}
