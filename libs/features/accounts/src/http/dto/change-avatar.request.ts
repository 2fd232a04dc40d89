import { IsString, MaxLength } from 'class-validator';

/** A new picture. */
export class ChangeAvatarRequest {
  /** Id of an uploaded file, or a URL. @example https://example.com/ada.png */
  @IsString()
  @MaxLength(255)
  avatar: string;
}
