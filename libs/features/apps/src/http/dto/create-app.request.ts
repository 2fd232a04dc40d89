import { IsIn, IsString, MaxLength, MinLength } from 'class-validator';
import { CREATABLE_MODES } from '../../app-modes.js';
import { AppLookRequest } from './app-look.request.js';

/** What a new app is made of. */
export class CreateAppRequest extends AppLookRequest {
  /** Name of the app. @example "Support assistant" */
  @IsString()
  @MinLength(1)
  @MaxLength(255)
  name: string;

  /** What kind of app it is. @example chat */
  @IsIn(CREATABLE_MODES)
  mode: 'chat' | 'agent-chat' | 'advanced-chat' | 'workflow' | 'completion';
}
