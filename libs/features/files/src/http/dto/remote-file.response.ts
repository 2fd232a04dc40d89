import { unixSeconds } from '#common';
import type { UploadFile } from '../../upload-file.js';

/** What is known of a file behind an address. */
export class RemoteFileInfoResponse {
  /**
   * Media type as the other server names it.
   * @example image/png
   */
  file_type: string;
  /**
   * Bytes; -1 when the other server does not say.
   * @example 70
   */
  file_length: number;
}

/** A file that was fetched from an address and kept. */
export class RemoteFileUploadResponse {
  /**
   * Id to name the file by.
   * @example 0199b3a2-5c1e-7d31-8a44-0b1f6d2c9e10
   */
  id: string;
  /**
   * Name of the file.
   * @example image.png
   */
  name: string;
  /**
   * Bytes.
   * @example 70
   */
  size: number;
  /**
   * Extension in lower case without a dot; empty when there is none.
   * @example png
   */
  extension: string;
  /**
   * Signed address of the bytes; holds for a few minutes.
   * @example http://127.0.0.1:5001/files/018f0000-0000-7000-8000-000000000001/file-preview?timestamp=1795678200&nonce=5f2b&sign=Y2hlY2s=
   */
  url: string;
  /**
   * Media type, by content where the content tells.
   * @example image/png
   */
  mime_type: string;
  /** Id of the account that asked for it. */
  created_by: string;
  /**
   * Seconds since the epoch.
   * @example 1795419569
   */
  created_at: number;

  static from(file: UploadFile, url: string): RemoteFileUploadResponse {
    return {
      id: file.id,
      name: file.name,
      size: file.size,
      extension: file.extension,
      url,
      mime_type: file.mimeType,
      created_by: file.createdBy,
      created_at: unixSeconds(file.createdAt),
    };
  }
}
