import { Allow, IsOptional, IsString, MaxLength } from 'class-validator';
import { IsUuidText } from '#features/conversations';

/** A text to be spoken: given here, or the answer of a message. */
export class TextToAudioRequest {
  /**
   * The end user, by a name of the caller's choice.
   * @example abc-123
   */
  @Allow()
  user?: string;
  /**
   * The text.
   * @example "In March, indoors."
   */
  @IsOptional()
  @IsString()
  @MaxLength(100_000)
  text?: string | null;
  /** The message whose answer is to be spoken; goes before `text`. */
  @IsOptional()
  @IsUuidText({ orEmpty: true })
  message_id?: string | null;
  /**
   * The voice; the app's, else the model's first when left out.
   * @example alloy
   */
  @IsOptional()
  @IsString()
  @MaxLength(255)
  voice?: string | null;
  /** Ignored; kept for compatibility. */
  @Allow()
  streaming?: boolean;
}
