import { Allow, IsOptional, Matches } from 'class-validator';

/** From where a run is followed. */
export class RunEventsQuery {
  /**
   * The end user who started the task.
   * @example abc-123
   */
  @Allow()
  user?: string;
  /**
   * Id of the last event that was received; the header `Last-Event-ID` means the same.
   * @example 1-12
   */
  @IsOptional()
  @Matches(/^\d{1,9}-\d{1,12}$/)
  last_event_id?: string;
}
