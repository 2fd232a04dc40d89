import { IsBoolean, IsOptional, IsString, MaxLength } from 'class-validator';

/** How the web apps of a workspace are to look. */
export class CustomConfigRequest {
  /** Whether the product's name is hidden. Default: it is shown. @example true */
  @IsOptional()
  @IsBoolean()
  remove_webapp_brand?: boolean | null;

  /** Id of an uploaded logo; empty for the product's own. Default: it stays as it is. @example 018f0000-0000-7000-8000-000000000001 */
  @IsOptional()
  @IsString()
  @MaxLength(255)
  replace_webapp_logo?: string | null;
}
