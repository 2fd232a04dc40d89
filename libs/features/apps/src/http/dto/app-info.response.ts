import type { AppMode } from '#platform/http';
import { FeatureSwitchResponse } from './feature-switch.response.js';

/** What an app is. */
export class AppInfoResponse {
  /** @example Support assistant */
  name: string;
  description: string;
  /** Names of its tags. */
  tags: string[];
  /** @example chat */
  mode: AppMode;
  /** Name of the account that made it. */
  author_name: string | null;
}

/** Pictures of an app's tools. */
export class AppMetaResponse {
  /** By the name of the tool: an address, or a picture with its background. */
  tool_icons: Record<string, unknown>;
}

/** Upload limits. Unit: megabytes, but for the last, a count. */
export class SystemParametersResponse {
  image_file_size_limit: number;
  video_file_size_limit: number;
  audio_file_size_limit: number;
  file_size_limit: number;
  workflow_file_upload_limit: number;
}

/** What a client has to know to show an app. */
export class AppParametersResponse {
  /** What the app says first. */
  opening_statement: string | null;
  /** Questions offered at the start. */
  suggested_questions: string[];
  /** Whether questions are offered after an answer. */
  suggested_questions_after_answer: FeatureSwitchResponse;
  /** Whether speech is taken in. */
  speech_to_text: FeatureSwitchResponse;
  /** Whether answers are spoken. */
  text_to_speech: Record<string, unknown>;
  /** Whether citations are given. */
  retriever_resource: FeatureSwitchResponse;
  /** Whether annotations answer. */
  annotation_reply: Record<string, unknown>;
  /** Whether more answers like one can be asked for. */
  more_like_this: FeatureSwitchResponse;
  /** The form to fill in, one object an input, its key the type. */
  user_input_form: unknown[];
  /** Moderation of input and output. */
  sensitive_word_avoidance: Record<string, unknown>;
  /** Which files may be sent. */
  file_upload: Record<string, unknown>;
  system_parameters: SystemParametersResponse;
}

/** Where a caller is. */
export class WelcomeResponse {
  /** @example Baya OpenAPI */
  welcome: string;
  /** @example v1 */
  api_version: string;
  /** The Dify version that the API is compatible with. @example 1.13.2 */
  server_version: string;
}

/** An end user of an app; times are ISO 8601. */
export class EndUserResponse {
  id: string;
  tenant_id: string;
  app_id: string;
  /** `service_api`, `browser`, `mcp` or `trigger`. */
  type: string;
  external_user_id: string | null;
  name: string | null;
  is_anonymous: boolean;
  session_id: string;
  created_at: string;
  updated_at: string;
}
