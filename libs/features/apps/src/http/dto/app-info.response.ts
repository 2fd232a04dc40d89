import type { AppMode } from '#platform/http';
import { FeatureSwitchResponse } from './feature-switch.response.js';

/** What an app is. */
export class AppInfoResponse {
  /** Name of the app. @example "Support assistant" */
  name: string;
  /** What it is for. @example "Answers questions of our customers" */
  description: string;
  /** Names of its tags. */
  tags: string[];
  /** What kind of app it is. @example chat */
  mode: AppMode;
  /** Name of the account that made it. @example Ada */
  author_name: string | null;
}

/** Pictures of an app's tools. */
export class AppMetaResponse {
  /** By the name of the tool: an address, or a picture with its background. */
  tool_icons: Record<string, unknown>;
}

/** Upload limits. Unit: megabytes, but for the last, a count. */
export class SystemParametersResponse {
  /** Largest picture. Unit: MB. @example 10 */
  image_file_size_limit: number;
  /** Largest video. Unit: MB. @example 100 */
  video_file_size_limit: number;
  /** Largest sound file. Unit: MB. @example 50 */
  audio_file_size_limit: number;
  /** Largest document. Unit: MB. @example 15 */
  file_size_limit: number;
  /** Most files of one message. @example 10 */
  workflow_file_upload_limit: number;
}

/** What a client has to know to show an app. */
export class AppParametersResponse {
  /** What the app says first. @example "Hello, how can I help?" */
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
  /** Limits of what may be uploaded. */
  system_parameters: SystemParametersResponse;
}

/** Where a caller is. */
export class WelcomeResponse {
  /** A greeting. @example "Baya OpenAPI" */
  welcome: string;
  /** Version of the API. @example v1 */
  api_version: string;
  /** The Dify version that the API is compatible with. @example 1.13.2 */
  server_version: string;
}

/** An end user of an app; times are ISO 8601. */
export class EndUserResponse {
  /** Id of the end user. */
  id: string;
  /** Id of the workspace. */
  tenant_id: string;
  /** Id of the app. */
  app_id: string;
  /** `service_api`, `browser`, `mcp` or `trigger`. @example service_api */
  type: string;
  /** Id that the client knows him by, where it gave one. */
  external_user_id: string | null;
  /** Name, where one is known. @example Ada */
  name: string | null;
  /** Whether nobody said who he is. */
  is_anonymous: boolean;
  /** The `user` of his requests. */
  session_id: string;
  /** Time in UTC without a zone. @example 2026-11-23T07:39:29 */
  created_at: string;
  /** Time in UTC without a zone. @example 2026-11-23T07:39:29 */
  updated_at: string;
}
