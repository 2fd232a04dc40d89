import { Env } from '../env.js';
import { integer } from '../schemas.js';

/** How the text of documents is read: in processes of their own, since documents are strangers' files. */
export class DocumentsConfig {
  /** Most processes that read documents. */
  @Env('DOCUMENT_PROCESSES', integer(1, 64)) processes = 2;
  /** Longest reading of one document. Unit: seconds. */
  @Env('DOCUMENT_TIMEOUT', integer(1, 86_400)) timeoutSeconds = 120;
  /** Most memory of such a process for what it makes of a document; bytes of files and pictures are beside it. Unit: megabytes. */
  @Env('DOCUMENT_MEMORY', integer(32, 65_536)) memoryMegabytes = 512;
}
