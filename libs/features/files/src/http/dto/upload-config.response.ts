import type { UploadsConfig } from '#platform/config';

/** What the console may upload. Sizes are megabytes. */
export class UploadConfigResponse {
  /**
   * Largest document or other file.
   * @example 15
   */
  file_size_limit: number;
  /**
   * Most files at a time.
   * @example 5
   */
  batch_count_limit: number;
  /**
   * Most files that an app may be set to take in one message.
   * @example 10
   */
  file_upload_limit: number;
  /**
   * Largest picture.
   * @example 10
   */
  image_file_size_limit: number;
  /**
   * Largest film.
   * @example 100
   */
  video_file_size_limit: number;
  /**
   * Largest sound file.
   * @example 50
   */
  audio_file_size_limit: number;
  /**
   * Most files that an app may be set to take in one message.
   * @example 10
   */
  workflow_file_upload_limit: number;
  /**
   * Most pictures at a time.
   * @example 10
   */
  image_file_batch_limit: number;
  /**
   * Most pictures attached to one chunk of knowledge.
   * @example 10
   */
  single_chunk_attachment_limit: number;
  /**
   * Largest picture attached to a chunk of knowledge.
   * @example 2
   */
  attachment_image_file_size_limit: number;

  static from(config: UploadsConfig): UploadConfigResponse {
    return {
      file_size_limit: config.fileSizeLimit,
      batch_count_limit: config.batchCountLimit,
      file_upload_limit: config.workflowFileUploadLimit,
      image_file_size_limit: config.imageFileSizeLimit,
      video_file_size_limit: config.videoFileSizeLimit,
      audio_file_size_limit: config.audioFileSizeLimit,
      workflow_file_upload_limit: config.workflowFileUploadLimit,
      image_file_batch_limit: config.imageFileBatchLimit,
      single_chunk_attachment_limit: config.singleChunkAttachmentLimit,
      attachment_image_file_size_limit: config.attachmentImageFileSizeLimit,
    };
  }
}
