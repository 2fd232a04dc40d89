import { ArrayMaxSize, IsBoolean, IsIn, IsObject, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import { FreeForm, Nested } from '#platform/http';
import { ModelNameRequest } from './model-name.request.js';

const MAX_ENTRIES = 100;

/** One of the credentials among which calls take turns. */
export class BalancingEntryRequest {
  /** Changes this entry; a new one is made without it. @example 0f3c1a52-9a5e-7c11-8b1e-2a4f6c8d0e12 */
  @IsOptional()
  @IsUUID()
  id?: string | null;

  /** Name of the entry. @example "Second account" */
  @IsString()
  @MaxLength(255)
  name: string;

  /** Whether calls go to it. */
  @IsBoolean()
  enabled: boolean;

  /** Copies name and secret from this credential. @example 0f3c1a52-9a5e-7c11-8b1e-2a4f6c8d0e12 */
  @IsOptional()
  @IsUUID()
  credential_id?: string | null;

  /** Value by field of the form. @example {"api_key":"sk-..."} */
  @FreeForm()
  @IsOptional()
  @IsObject()
  credentials?: Record<string, unknown> | null;
}

/** How calls of a model are to be shared among credentials. */
export class LoadBalancingRequest {
  /** Whether calls are shared. */
  @IsBoolean()
  enabled: boolean;

  /** Nothing is saved when empty. */
  @ArrayMaxSize(MAX_ENTRIES)
  @Nested(() => BalancingEntryRequest)
  configs: BalancingEntryRequest[];
}

/** Puts a model on the list or changes how its calls are shared. */
export class SaveModelRequest extends ModelNameRequest {
  /** How calls are shared. */
  @IsOptional()
  @Nested(() => LoadBalancingRequest)
  load_balancing?: LoadBalancingRequest | null;

  /** Whether the provider's or the model's own credentials are meant. @example custom-model */
  @IsOptional()
  @IsIn(['predefined-model', 'custom-model'])
  config_from?: 'predefined-model' | 'custom-model' | null;

  /** With `custom-model`: the credential to use. @example 0f3c1a52-9a5e-7c11-8b1e-2a4f6c8d0e12 */
  @IsOptional()
  @IsUUID()
  credential_id?: string | null;
}
