import { IsString, MaxLength, MinLength } from 'class-validator';

/** A new name. */
export class ChangeNameRequest {
  /** Name that others see. @example "Ada Lovelace" */
  @IsString()
  @MinLength(3)
  @MaxLength(30)
  name: string;
}
