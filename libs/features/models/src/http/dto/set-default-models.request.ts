import { ArrayMaxSize, IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { MODEL_TYPES, type ModelType } from '#engines/model-runtime';
import { Nested } from '#platform/http';

const MAX_SETTINGS = 100;

/** The default model of a type. */
export class DefaultModelSettingRequest {
  /** Type. @example llm */
  @IsIn(MODEL_TYPES)
  model_type: ModelType;

  /** The entry is passed over without it. @example langgenius/openai/openai */
  @IsOptional()
  @IsString()
  @MaxLength(255)
  provider?: string | null;

  /** Name. @example gpt-4o */
  @IsOptional()
  @IsString()
  @MaxLength(255)
  model?: string | null;
}

/** Default models of several types. */
export class SetDefaultModelsRequest {
  /** The defaults to set, one a type. */
  @ArrayMaxSize(MAX_SETTINGS)
  @Nested(() => DefaultModelSettingRequest)
  model_settings: DefaultModelSettingRequest[];
}
