import { IsString, MaxLength, MinLength } from 'class-validator';

/** Which voices are listed. */
export class VoicesQuery {
  /**
   * Language that they are to speak.
   * @example en-US
   */
  @IsString()
  @MinLength(1)
  @MaxLength(64)
  language: string;
}
