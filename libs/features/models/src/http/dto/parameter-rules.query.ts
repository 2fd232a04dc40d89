import { IsNotEmpty, IsString, MaxLength } from 'class-validator';

/** An llm of the provider. */
export class ParameterRulesQuery {
  /** Name. @example gpt-4o */
  @IsString()
  @IsNotEmpty()
  @MaxLength(255)
  model: string;
}
