import { IsInt, IsOptional, Max, Min } from 'class-validator';

/** Which feedback is listed. */
export class AppFeedbacksQuery {
  /**
   * Number of the page, from 1.
   * @example 1
   */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  page?: number = 1;
  /**
   * Items a page.
   * @example 20
   */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(101)
  limit?: number = 20;
}
