import { Env } from '../env.js';
import { httpUrl, integer, list } from '../schemas.js';

const MAX_MEGABYTES = 2047;

/** Which files are taken, how large they may be, and how long links to them hold. */
export class UploadsConfig {
  /** Largest document or file of another kind. Unit: megabytes of 1,048,576 bytes. */
  @Env('UPLOAD_FILE_SIZE_LIMIT', integer(1, MAX_MEGABYTES)) fileSizeLimit = 15;
  /** Largest picture. Unit: megabytes. */
  @Env('UPLOAD_IMAGE_FILE_SIZE_LIMIT', integer(1, MAX_MEGABYTES)) imageFileSizeLimit = 10;
  /** Largest film. Unit: megabytes. */
  @Env('UPLOAD_VIDEO_FILE_SIZE_LIMIT', integer(1, MAX_MEGABYTES)) videoFileSizeLimit = 100;
  /** Largest sound file. Unit: megabytes. */
  @Env('UPLOAD_AUDIO_FILE_SIZE_LIMIT', integer(1, MAX_MEGABYTES)) audioFileSizeLimit = 50;
  /** Most files that the console uploads at a time. */
  @Env('UPLOAD_FILE_BATCH_LIMIT', integer(1, 1000)) batchCountLimit = 5;
  /** Most pictures that the console uploads at a time. */
  @Env('IMAGE_FILE_BATCH_LIMIT', integer(1, 1000)) imageFileBatchLimit = 10;
  /** Most files that an app may be set to take in one message. */
  @Env('WORKFLOW_FILE_UPLOAD_LIMIT', integer(1, 1000)) workflowFileUploadLimit = 10;
  /** Most pictures attached to one chunk of knowledge. */
  @Env('SINGLE_CHUNK_ATTACHMENT_LIMIT', integer(1, 1000)) singleChunkAttachmentLimit = 10;
  /** Largest picture attached to a chunk of knowledge. Unit: megabytes. */
  @Env('ATTACHMENT_IMAGE_FILE_SIZE_LIMIT', integer(1, MAX_MEGABYTES)) attachmentImageFileSizeLimit = 2;
  /** Extensions that are refused, comma separated, with or without a dot. */
  @Env('UPLOAD_FILE_EXTENSION_BLACKLIST', list()) extensionBlacklist: string[] = [];
  /** How long a signed link to a file holds. Unit: seconds. */
  @Env('FILES_ACCESS_TIMEOUT', integer(1, 31_536_000)) accessTimeoutSeconds = 300;
  /** Address under which model vendors and other services fetch files; FILES_URL when empty. */
  @Env('INTERNAL_FILES_URL', httpUrl()) internalFilesUrl = '';
}
