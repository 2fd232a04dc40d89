import { Allow, IsOptional } from 'class-validator';
import { LimitQuery } from '#platform/http';
import { IsUuidText } from './uuid-text.decorator.js';

/** A slice of a list that belongs to an end user. */
export class SliceQuery extends LimitQuery {
  /**
   * The end user, as named when the messages were sent.
   * @example abc-123
   */
  @Allow()
  user?: string;
  /** Id of the last item of the slice before; left out, the list begins. @example 0190b5a0-1f2e-7c3d-8e4f-5a6b7c8d9e0f */
  @IsOptional()
  @IsUuidText({ orEmpty: true })
  last_id?: string;
}
