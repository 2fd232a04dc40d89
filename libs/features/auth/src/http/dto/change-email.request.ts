import { IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { EMAIL_PATTERN, MAX_EMAIL_LENGTH, NO_EMAIL_MESSAGE } from '#features/accounts';

/** A request for a code to an old or a new mail address. */
export class ChangeEmailRequest {
  /** The address that the code goes to: for `old_email` that of the account, for `new_email` the one it is to have. @example ada@example.com */
  @IsString()
  @MaxLength(MAX_EMAIL_LENGTH)
  @Matches(EMAIL_PATTERN, { message: NO_EMAIL_MESSAGE })
  email: string;

  /** Language of the mail: `zh-Hans`; anything else is English. @example en-US */
  @IsOptional()
  @IsString()
  @MaxLength(255)
  language?: string | null;

  /** Which address. @example old_email */
  @IsIn(['old_email', 'new_email'])
  phase: 'old_email' | 'new_email';

  /** Token of the verified old address; asked for with `new_email`. @example 6f1c2b1e-5c1c-4a52-9d1b-0e5f6a7b8c9d */
  @IsOptional()
  @IsString()
  @MaxLength(255)
  token?: string | null;
}
