import { IsObject, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import { FreeForm } from '#platform/http';
import { MAX_CREDENTIAL_NAME_LENGTH } from '../../models.constants.js';

/** Credentials to be tried out. */
export class TryCredentialsRequest {
  /** Value by field of the form. @example {"api_key":"sk-..."} */
  @FreeForm()
  @IsObject()
  credentials: Record<string, unknown>;
}

/** New credentials of a provider. */
export class AddCredentialRequest extends TryCredentialsRequest {
  /** A numbered name when it is left out. @example Production */
  @IsOptional()
  @IsString()
  @MaxLength(MAX_CREDENTIAL_NAME_LENGTH)
  name?: string | null;
}

/** Changed credentials of a provider; `[__HIDDEN__]` keeps a secret. */
export class UpdateCredentialRequest extends AddCredentialRequest {
  /** Which one. @example 0f3c1a52-9a5e-7c11-8b1e-2a4f6c8d0e12 */
  @IsUUID()
  credential_id: string;
}

/** A credential of a provider. */
export class CredentialIdRequest {
  /** Which one. @example 0f3c1a52-9a5e-7c11-8b1e-2a4f6c8d0e12 */
  @IsUUID()
  credential_id: string;
}
