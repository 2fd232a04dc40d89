import { IsString, MaxLength } from 'class-validator';

/** What proves that the owner of the account wants it gone. */
export class DeleteAccountRequest {
  /** Token of the answer that told of the mail. @example 6f1c2b1e-5c1c-4a52-9d1b-0e5f6a7b8c9d */
  @IsString()
  @MaxLength(255)
  token: string;

  /** The six digits of the mail. @example "042137" */
  @IsString()
  @MaxLength(255)
  code: string;
}
