import { IsIn, IsTimeZone } from 'class-validator';
import { interfaceLanguages } from '../../interface-languages.js';

/** What completes an account. */
export class InitializeAccountRequest {
  /** Language of the interface. @example en-US */
  @IsIn(interfaceLanguages)
  interface_language: string;

  /** IANA name. @example Europe/Berlin */
  @IsTimeZone()
  timezone: string;
}
