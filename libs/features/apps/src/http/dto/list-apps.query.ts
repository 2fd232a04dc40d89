import { IsBoolean, IsIn, IsInt, IsOptional, IsString, Max, Min } from 'class-validator';
import { LimitQuery } from '#platform/http';

/** Which apps are listed. */
export class ListAppsQuery extends LimitQuery {
  /** Number of the page, from 1. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(99_999)
  page?: number = 1;

  /** Only apps of this mode; `all` and `channel` do not narrow. */
  @IsOptional()
  @IsIn(['completion', 'chat', 'advanced-chat', 'workflow', 'agent-chat', 'channel', 'all'])
  mode?: string = 'all';

  /** Part of the name; the first 30 characters count. @example support */
  @IsOptional()
  @IsString()
  name?: string;

  /** Ids of tags, comma separated. @example 018f0000-0000-7000-8000-000000000001 */
  @IsOptional()
  @IsString()
  tag_ids?: string;

  /** Only apps that the caller made. */
  @IsOptional()
  @IsBoolean()
  is_created_by_me?: boolean;
}
