import { IsIn, IsNotEmpty, IsString, IsUUID, MaxLength } from 'class-validator';
import { MODEL_TYPES, type ModelType } from '#engines/model-runtime';

/** A model by name and type. */
export class ModelNameRequest {
  /** Name at the vendor. @example gpt-4o */
  @IsString()
  @IsNotEmpty()
  @MaxLength(255)
  model: string;

  /** Type. @example llm */
  @IsIn(MODEL_TYPES)
  model_type: ModelType;
}

/** A credential of a model. */
export class ModelCredentialIdRequest extends ModelNameRequest {
  /** Which one. @example 0f3c1a52-9a5e-7c11-8b1e-2a4f6c8d0e12 */
  @IsUUID()
  credential_id: string;
}
