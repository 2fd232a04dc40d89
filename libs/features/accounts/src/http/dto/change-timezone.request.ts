import { IsTimeZone } from 'class-validator';

/** Another time zone. */
export class ChangeTimezoneRequest {
  /** IANA name. @example Europe/Berlin */
  @IsTimeZone()
  timezone: string;
}
