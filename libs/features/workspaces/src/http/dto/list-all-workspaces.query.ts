import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { LimitQuery } from '#platform/http';

/** Which of all workspaces are listed. */
export class ListAllWorkspacesQuery extends LimitQuery {
  /** Number of the page, 1 to 99,999. @example 1 */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(99_999)
  page?: number = 1;
}
