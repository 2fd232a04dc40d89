import { IsString, Matches, MaxLength } from 'class-validator';
import { EMAIL_PATTERN, MAX_EMAIL_LENGTH, NO_EMAIL_MESSAGE } from '#features/accounts';

/** The new mail address, once it is verified. */
export class ResetEmailRequest {
  /** The address that the account is to have; the one that was verified. @example ada@example.com */
  @IsString()
  @MaxLength(MAX_EMAIL_LENGTH)
  @Matches(EMAIL_PATTERN, { message: NO_EMAIL_MESSAGE })
  new_email: string;

  /** Token of the verified new address. @example 6f1c2b1e-5c1c-4a52-9d1b-0e5f6a7b8c9d */
  @IsString()
  @MaxLength(255)
  token: string;
}
