import { IsOptional, IsString, Matches, MaxLength, MinLength } from 'class-validator';
import {
  EMAIL_PATTERN,
  MAX_EMAIL_LENGTH,
  MAX_PASSWORD_LENGTH,
  NO_EMAIL_MESSAGE,
  PASSWORD_PATTERN,
  WEAK_PASSWORD_MESSAGE,
} from '#features/accounts';

/** The first account. */
export class SetupRequest {
  /** Mail address to sign in with. @example ada@example.com */
  @IsString()
  @MaxLength(MAX_EMAIL_LENGTH)
  @Matches(EMAIL_PATTERN, { message: NO_EMAIL_MESSAGE })
  email: string;

  /** Name that others see. @example Ada */
  @IsString()
  @MinLength(1)
  @MaxLength(30)
  name: string;

  /** Password: at least 8 characters with a letter and a digit among them. @example Passw0rd!x */
  @IsString()
  @MaxLength(MAX_PASSWORD_LENGTH)
  @Matches(PASSWORD_PATTERN, { message: WEAK_PASSWORD_MESSAGE })
  password: string;

  /** Language of the interface; an unknown one is `en-US`. @example en-US */
  @IsOptional()
  @IsString()
  @MaxLength(255)
  language?: string | null;
}
