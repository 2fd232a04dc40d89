import type { FullModelConfig } from './model-config-document.js';

/** Upload limits, in MB except the last, which is a count (contract service-and-web-api 11). */
export interface SystemParameters {
  image_file_size_limit: number;
  video_file_size_limit: number;
  audio_file_size_limit: number;
  file_size_limit: number;
  workflow_file_upload_limit: number;
}

/** What is not part of the configuration but shown with it. */
export interface ParametersContext {
  /** A graph app's form comes from its start node; default: the configuration's own. */
  userInputForm?: unknown;
  /** The annotation setting of the app; default off. */
  annotationReply?: unknown;
  systemParameters: SystemParameters;
}

/** The body of `GET /parameters`. */
export interface AppParameters {
  opening_statement: string | null;
  suggested_questions: unknown;
  suggested_questions_after_answer: unknown;
  speech_to_text: unknown;
  text_to_speech: unknown;
  retriever_resource: unknown;
  annotation_reply: unknown;
  more_like_this: unknown;
  user_input_form: unknown;
  sensitive_word_avoidance: unknown;
  file_upload: unknown;
  system_parameters: SystemParameters;
}

/** What a client has to know to show an app. Give it a full configuration, so that missing features read as off. */
export function parametersOf(config: FullModelConfig, context: ParametersContext): AppParameters {
  return {
    opening_statement: config.opening_statement,
    suggested_questions: config.suggested_questions,
    suggested_questions_after_answer: config.suggested_questions_after_answer,
    speech_to_text: config.speech_to_text,
    text_to_speech: config.text_to_speech,
    retriever_resource: config.retriever_resource,
    annotation_reply: context.annotationReply ?? { enabled: false },
    more_like_this: config.more_like_this,
    user_input_form: context.userInputForm ?? config.user_input_form,
    sensitive_word_avoidance: config.sensitive_word_avoidance,
    file_upload: config.file_upload,
    system_parameters: context.systemParameters,
  };
}
