import { IsObject, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import { FreeForm } from '#platform/http';
import { MAX_CREDENTIAL_NAME_LENGTH } from '../../models.constants.js';
import { ModelNameRequest } from './model-name.request.js';

/** Credentials of a model to be tried out. */
export class TryModelCredentialsRequest extends ModelNameRequest {
  /** Value by field of the form. @example {"api_key":"sk-...","endpoint_url":"https://api.example.com/v1"} */
  @FreeForm()
  @IsObject()
  credentials: Record<string, unknown>;
}

/** New credentials of a model. */
export class AddModelCredentialRequest extends TryModelCredentialsRequest {
  /** A numbered name when it is left out. @example Production */
  @IsOptional()
  @IsString()
  @MaxLength(MAX_CREDENTIAL_NAME_LENGTH)
  name?: string | null;
}

/** Changed credentials of a model; `[__HIDDEN__]` keeps a secret. */
export class UpdateModelCredentialRequest extends AddModelCredentialRequest {
  /** Which one. @example 0f3c1a52-9a5e-7c11-8b1e-2a4f6c8d0e12 */
  @IsUUID()
  credential_id: string;
}
