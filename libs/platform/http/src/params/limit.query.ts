import { IsInt, IsOptional, Max, Min } from 'class-validator';

/** How much of a list is asked for; the queries of lists extend it. */
export class LimitQuery {
  /** Most items of the answer, 1 to 100. @example 20 */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(100)
  limit?: number = 20;
}
