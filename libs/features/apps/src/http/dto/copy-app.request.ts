import { IsOptional, IsString, MaxLength } from 'class-validator';
import { OptionalBody } from '#platform/http';
import { AppLookRequest } from './app-look.request.js';

/** What the copy has of its own; the rest is the original's. */
@OptionalBody()
export class CopyAppRequest extends AppLookRequest {
  /** Name of the copy. @example "Support assistant 2" */
  @IsOptional()
  @IsString()
  @MaxLength(255)
  name?: string | null;
}
