import { IsBoolean, IsOptional, IsString, MaxLength } from 'class-validator';

/** How a file is sent. */
export class FilePreviewQuery {
  /**
   * Whether the browser is to save the file; files that are not safe to show are always saved.
   * @example false
   */
  @IsOptional()
  @IsBoolean()
  as_attachment?: boolean = false;
}

/** A signed link to a file. */
export class SignedFileQuery extends FilePreviewQuery {
  /**
   * When the link was made. Seconds since the epoch.
   * @example 1795419569
   */
  @IsString()
  @MaxLength(64)
  timestamp: string;
  /**
   * Random part of the signature.
   * @example d836fc8c6d3bfef6686f43ea73ee2827
   */
  @IsString()
  @MaxLength(256)
  nonce: string;
  /** URL-safe base64 of the signature. @example Y2hlY2tlZCBieSB0aGUgc2VydmVy */
  @IsString()
  @MaxLength(256)
  sign: string;
}
