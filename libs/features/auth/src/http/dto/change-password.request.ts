import { IsOptional, IsString, MaxLength } from 'class-validator';
import { MAX_PASSWORD_LENGTH } from '#features/accounts';

/** A new password for one's own account. */
export class ChangePasswordRequest {
  /** Present password; null when the account has none. @example Passw0rd!x */
  @IsOptional()
  @IsString()
  @MaxLength(MAX_PASSWORD_LENGTH)
  password?: string | null;

  /** New password: at least 8 characters with a letter and a digit among them. @example Passw0rd!y */
  @IsString()
  @MaxLength(MAX_PASSWORD_LENGTH)
  new_password: string;

  /** The new password once more. @example Passw0rd!y */
  @IsString()
  @MaxLength(MAX_PASSWORD_LENGTH)
  repeat_new_password: string;
}
