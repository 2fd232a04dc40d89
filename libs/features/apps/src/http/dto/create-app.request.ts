import { IsIn, IsOptional, IsString, MaxLength, MinLength } from 'class-validator';
import { CREATABLE_MODES } from '../../app-modes.js';
import { ICON_TYPES, type IconType } from '../../entities/app.entity.js';

/** What a new app is made of. */
export class CreateAppRequest {
  /** Name of the app. @example Support assistant */
  @IsString()
  @MinLength(1)
  @MaxLength(255)
  name: string;

  /** What kind of app it is. @example chat */
  @IsIn(CREATABLE_MODES)
  mode: 'chat' | 'agent-chat' | 'advanced-chat' | 'workflow' | 'completion';

  /** What it is for. @example Answers questions of our customers */
  @IsOptional()
  @IsString()
  @MaxLength(400)
  description?: string | null;

  /** Where the picture comes from. @example emoji */
  @IsOptional()
  @IsIn(ICON_TYPES)
  icon_type?: IconType | null;

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
}
