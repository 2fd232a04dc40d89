import { IsString, Matches, MaxLength } from 'class-validator';
import { EMAIL_PATTERN, MAX_EMAIL_LENGTH, NO_EMAIL_MESSAGE } from '#features/accounts';

/** A mail address that somebody would like to have. */
export class UniqueEmailRequest {
  /** The address. @example ada@example.com */
  @IsString()
  @MaxLength(MAX_EMAIL_LENGTH)
  @Matches(EMAIL_PATTERN, { message: NO_EMAIL_MESSAGE })
  email: string;
}
