import { IsString, Matches, MaxLength } from 'class-validator';
import { EMAIL_PATTERN, MAX_EMAIL_LENGTH, NO_EMAIL_MESSAGE } from '#features/accounts';

/** Why somebody left. */
export class AccountDeletionFeedbackRequest {
  /** Address of the deleted account. @example ada@example.com */
  @IsString()
  @MaxLength(MAX_EMAIL_LENGTH)
  @Matches(EMAIL_PATTERN, { message: NO_EMAIL_MESSAGE })
  email: string;

  /** In his own words. @example "I moved to another team." */
  @IsString()
  @MaxLength(10_000)
  feedback: string;
}
