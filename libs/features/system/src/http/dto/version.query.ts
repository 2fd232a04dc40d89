import { IsString, MaxLength } from 'class-validator';

/** The version that the caller knows. */
export class VersionQuery {
  /** Version of the caller. @example 1.13.2 */
  @IsString()
  @MaxLength(255)
  current_version: string;
}
