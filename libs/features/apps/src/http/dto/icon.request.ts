import { IsOptional, IsString, MaxLength } from 'class-validator';

/** The picture of an app. */
export class IconRequest {
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
