import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { OptionalBody } from '#platform/http';
import { ICON_TYPES, type IconType } from '../../entities/app.entity.js';

/** What the copy has of its own; the rest is the original's. */
@OptionalBody()
export class CopyAppRequest {
  /** Name of the copy. */
  @IsOptional()
  @IsString()
  @MaxLength(255)
  name?: string | null;

  /** What it is for. */
  @IsOptional()
  @IsString()
  @MaxLength(400)
  description?: string | null;

  /** Where the picture comes from. */
  @IsOptional()
  @IsIn(ICON_TYPES)
  icon_type?: IconType | null;

  /** An emoji, the id of an upload, or an address. */
  @IsOptional()
  @IsString()
  @MaxLength(255)
  icon?: string | null;

  /** Colour behind the picture. */
  @IsOptional()
  @IsString()
  @MaxLength(255)
  icon_background?: string | null;
}
