import { IsIn, IsOptional, IsUUID } from 'class-validator';
import { ModelNameRequest } from './model-name.request.js';

/** Which credentials of a model are shown. */
export class ModelCredentialsQuery extends ModelNameRequest {
  /** Whether the provider's or the model's own credentials are offered. @example custom-model */
  @IsOptional()
  @IsIn(['predefined-model', 'custom-model'])
  config_from?: 'predefined-model' | 'custom-model';

  /** The one in use without it. @example 0f3c1a52-9a5e-7c11-8b1e-2a4f6c8d0e12 */
  @IsOptional()
  @IsUUID()
  credential_id?: string;
}
