import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { ICON_TYPES, type IconType } from '../../entities/app.entity.js';
import { IconRequest } from './icon.request.js';

/** How a new app presents itself. */
export class AppLookRequest extends IconRequest {
  /** What it is for. @example "Answers questions of our customers" */
  @IsOptional()
  @IsString()
  @MaxLength(400)
  description?: string | null;

  /** Where the picture comes from. @example emoji */
  @IsOptional()
  @IsIn(ICON_TYPES)
  icon_type?: IconType | null;
}
