/** Who brought a file: a member from the console or an end user through an app. */
export interface Uploader {
  role: 'account' | 'end_user';
  id: string;
}

/** A file that is stored. */
export interface UploadFile {
  id: string;
  tenantId: string;
  /** Place in the file storage. */
  key: string;
  name: string;
  /** Bytes. */
  size: number;
  /** Lower case, without a dot; "" when the name has none. */
  extension: string;
  /** By content where the content tells, else as the uploader said. */
  mimeType: string;
  createdByRole: Uploader['role'];
  createdBy: string;
  createdAt: Date;
}
