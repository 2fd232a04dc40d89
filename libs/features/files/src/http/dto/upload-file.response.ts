import { unixSeconds } from '#common';
import type { UploadFile } from '../../upload-file.js';

/** A file that was taken in (contract service-and-web-api 12). */
export class UploadFileResponse {
  /**
   * Id to name the file by, such as `upload_file_id` of a message's files.
   * @example 0199b3a2-5c1e-7d31-8a44-0b1f6d2c9e10
   */
  id: string;
  /**
   * Name of the file.
   * @example report.pdf
   */
  name: string;
  /**
   * Bytes.
   * @example 48213
   */
  size: number;
  /**
   * Extension in lower case without a dot; empty when there is none.
   * @example pdf
   */
  extension: string;
  /**
   * Media type, by content where the content tells.
   * @example application/pdf
   */
  mime_type: string;
  /** Id of the end user or account that uploaded it. */
  created_by: string;
  /**
   * Seconds since the epoch.
   * @example 1795419569
   */
  created_at: number;
  /** Always null. */
  preview_url: null;
  /**
   * Signed address of the bytes; holds for a few minutes.
   * @example http://127.0.0.1:5001/files/018f0000-0000-7000-8000-000000000001/file-preview?timestamp=1795678200&nonce=5f2b&sign=Y2hlY2s=
   */
  source_url: string;
  /** Always null. */
  original_url: null;
  /** Always null. */
  user_id: null;
  /** Id of the workspace. */
  tenant_id: string;
  /** Always null. */
  conversation_id: null;
  /** Always null. */
  file_key: null;

  static from(file: UploadFile, url: string): UploadFileResponse {
    return {
      id: file.id,
      name: file.name,
      size: file.size,
      extension: file.extension,
      mime_type: file.mimeType,
      created_by: file.createdBy,
      created_at: unixSeconds(file.createdAt),
      preview_url: null,
      source_url: url,
      original_url: null,
      user_id: null,
      tenant_id: file.tenantId,
      conversation_id: null,
      file_key: null,
    };
  }
}
