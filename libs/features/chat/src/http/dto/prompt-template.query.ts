import { IsOptional, IsString, MaxLength } from 'class-validator';

/** Which expert prompt is wanted. */
export class PromptTemplateQuery {
  /**
   * Mode of the app: `chat` or `completion`; others have no template.
   * @example chat
   */
  @IsString()
  @MaxLength(64)
  app_mode: string;

  /**
   * Mode of the model: `chat` or `completion`.
   * @example chat
   */
  @IsString()
  @MaxLength(64)
  model_mode: string;

  /**
   * Name of the model; those of Baichuan get Chinese templates.
   * @example gpt-4o-mini
   */
  @IsString()
  @MaxLength(255)
  model_name: string;

  /**
   * `true` puts a block for knowledge before the prompt.
   * @example true
   */
  @IsOptional()
  @IsString()
  @MaxLength(16)
  has_context = 'true';
}
