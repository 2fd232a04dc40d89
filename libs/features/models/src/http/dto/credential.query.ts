import { IsOptional, IsUUID } from 'class-validator';

/** Which credential of a provider is shown. */
export class CredentialQuery {
  /** The one in use without it. @example 0f3c1a52-9a5e-7c11-8b1e-2a4f6c8d0e12 */
  @IsOptional()
  @IsUUID()
  credential_id?: string;
}
