import { Allow, IsArray, IsBoolean, IsIn, IsObject, IsOptional, IsString, MaxLength } from 'class-validator';
import { IsUuidText } from '#features/conversations';
import { FreeForm } from '#platform/http';

export const RESPONSE_MODES = ['blocking', 'streaming'] as const;
export type ResponseMode = (typeof RESPONSE_MODES)[number];

/** A file to be sent along: one that was uploaded before, or one at an address. */
export class FileEntryRequest {
  /**
   * `image`, `document`, `audio`, `video` or `custom`; found out when left out.
   * @example image
   */
  type?: string;
  /**
   * `local_file` for an upload, `remote_url` for an address.
   * @example remote_url
   */
  transfer_method: string;
  /** Id of the upload. */
  upload_file_id?: string;
  /**
   * The address.
   * @example https://example.org/picture.png
   */
  url?: string;
}

/** What every run of a chat or completion app is asked with. */
export class RunRequest {
  /**
   * The end user, by a name of the caller's choice.
   * @example abc-123
   */
  @Allow()
  user?: string;
  /**
   * Values of the app's form by variable name.
   * @example {}
   */
  @FreeForm()
  @IsObject()
  inputs: Record<string, unknown>;
  /** Files of the message; an app that takes none ignores them. */
  @FreeForm()
  @IsOptional()
  @IsArray()
  files?: FileEntryRequest[] | null;
  /**
   * `streaming` answers with events as the model writes, `blocking` (the default) with one body at the end.
   * @example streaming
   */
  @IsOptional()
  @IsIn(RESPONSE_MODES)
  response_mode?: ResponseMode | null;
  /** Where the caller retrieves from; kept for compatibility. @example api */
  @IsOptional()
  @IsString()
  retriever_from?: string | null;
}

/** Longest question that is taken: more than any model reads, less than what every later turn of its conversation would choke on. */
export const MAX_QUERY = 1_000_000;

/** A message to a chat app. */
export class ChatMessageRequest extends RunRequest {
  /**
   * What the end user says, up to 1,000,000 characters.
   * @example "When do I sow tomatoes?"
   */
  @IsString()
  @MaxLength(MAX_QUERY)
  query: string;
  /** The conversation that goes on; empty or left out for a new one. */
  @IsOptional()
  @IsUuidText({ orEmpty: true })
  conversation_id?: string | null;
  /**
   * Whether a new conversation is given a title by the workspace's default model.
   * @example true
   */
  @IsOptional()
  @IsBoolean()
  auto_generate_name?: boolean = true;
  /** A published version of a chatflow; apps without a workflow ignore it. */
  @IsOptional()
  @IsString()
  workflow_id?: string | null;
}
