import { IsBoolean, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { EMAIL_PATTERN, MAX_EMAIL_LENGTH, NO_EMAIL_MESSAGE } from '#features/accounts';

/** A sign-in with a password. */
export class LoginRequest {
  /** Mail address of the account, in any case. @example ada@example.com */
  @IsString()
  @MaxLength(MAX_EMAIL_LENGTH)
  @Matches(EMAIL_PATTERN, { message: NO_EMAIL_MESSAGE })
  email: string;

  /** Base64 of the password's UTF-8 bytes. @example UGFzc3cwcmQheA== */
  @IsString()
  @MaxLength(8192)
  password: string;

  /** Taken and ignored: every session lasts as long. @example true */
  @IsOptional()
  @IsBoolean()
  remember_me?: boolean;

  /** Token of an invitation that brought the caller here. @example inv-1a2b3c */
  @IsOptional()
  @IsString()
  @MaxLength(255)
  invite_token?: string | null;
}
