import { IsString, MaxLength, MinLength } from 'class-validator';

/** An address to fetch a file from. */
export class RemoteFileUploadRequest {
  /**
   * Absolute http or https address.
   * @example https://example.org/picture.png
   */
  @IsString()
  @MinLength(1)
  @MaxLength(8192)
  url: string;
}
