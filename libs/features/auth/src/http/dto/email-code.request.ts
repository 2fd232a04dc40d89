import { IsString, Matches, MaxLength } from 'class-validator';
import { EMAIL_PATTERN, MAX_EMAIL_LENGTH, NO_EMAIL_MESSAGE } from '#features/accounts';

/** A code from a mail. */
export class EmailCodeRequest {
  /** The address that the code was sent to. @example ada@example.com */
  @IsString()
  @MaxLength(MAX_EMAIL_LENGTH)
  @Matches(EMAIL_PATTERN, { message: NO_EMAIL_MESSAGE })
  email: string;

  /** The six digits. @example "042137" */
  @IsString()
  @MaxLength(255)
  code: string;

  /** Token of the answer that told of the mail. @example 6f1c2b1e-5c1c-4a52-9d1b-0e5f6a7b8c9d */
  @IsString()
  @MaxLength(255)
  token: string;
}
