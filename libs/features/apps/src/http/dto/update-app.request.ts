import { IsBoolean, IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min, MinLength } from 'class-validator';
import { ICON_TYPES, type IconType } from '../../entities/app.entity.js';

/** Largest value of the column. */
const MAX_INTEGER = 2_147_483_647;

/** The new values of an app; what is left out becomes empty (contract console-apps 2.4). */
export class UpdateAppRequest {
  /** Name of the app. @example Support assistant */
  @IsString()
  @MinLength(1)
  @MaxLength(255)
  name: string;

  /** What it is for. */
  @IsOptional()
  @IsString()
  @MaxLength(400)
  description?: string | null;

  /** Where the picture comes from. @example emoji */
  @IsOptional()
  @IsIn(['', ...ICON_TYPES])
  icon_type?: IconType | '' | null;

  /** An emoji, the id of an upload, or an address. @example 🤖 */
  @IsOptional()
  @IsString()
  @MaxLength(255)
  icon?: string | null;

  /** Colour behind the picture. @example #FFEAD5 */
  @IsOptional()
  @IsString()
  @MaxLength(255)
  icon_background?: string | null;

  /** Whether the app's picture stands beside its answers. */
  @IsOptional()
  @IsBoolean()
  use_icon_as_answer_icon?: boolean | null;

  /** Most runs at a time; 0 is no limit. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(MAX_INTEGER)
  max_active_requests?: number | null;
}
