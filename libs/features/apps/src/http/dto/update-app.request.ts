import { IsBoolean, IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min, MinLength } from 'class-validator';
import { ICON_TYPES, type IconType } from '../../entities/app.entity.js';
import { IconRequest } from './icon.request.js';

/** Largest value of the column. */
const MAX_INTEGER = 2_147_483_647;

/** The new values of an app; what is left out becomes empty (contract console-apps 2.4). */
export class UpdateAppRequest extends IconRequest {
  /** Name of the app. @example "Support assistant" */
  @IsString()
  @MinLength(1)
  @MaxLength(255)
  name: string;

  /** What it is for. @example "Answers questions of our customers" */
  @IsOptional()
  @IsString()
  @MaxLength(400)
  description?: string | null;

  /** Where the picture comes from. @example emoji */
  @IsOptional()
  @IsIn(['', ...ICON_TYPES])
  icon_type?: IconType | '' | null;

  /** Whether the app's picture stands beside its answers. */
  @IsOptional()
  @IsBoolean()
  use_icon_as_answer_icon?: boolean | null;

  /** Most runs at a time; 0 is no limit. @example 10 */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(MAX_INTEGER)
  max_active_requests?: number | null;
}
