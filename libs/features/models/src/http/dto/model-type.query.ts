import { IsIn, IsOptional } from 'class-validator';
import { MODEL_TYPES, type ModelType } from '#engines/model-runtime';

/** Providers with models of a type. */
export class ProvidersQuery {
  /** Type; all providers without it. @example llm */
  @IsOptional()
  @IsIn(MODEL_TYPES)
  model_type?: ModelType;
}

/** A type of model. */
export class ModelTypeQuery {
  /** Type. @example llm */
  @IsIn(MODEL_TYPES)
  model_type: ModelType;
}
