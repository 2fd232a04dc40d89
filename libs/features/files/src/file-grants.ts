import { Injectable } from '@nestjs/common';

/** Who wants to read a file: a caller with the key of an app. */
export interface FileReader {
  tenantId: string;
  appId: string;
  /** The end user he reads for; null for the whole app. */
  endUserId: string | null;
}

/** `granted`: attached to something of the reader's; `denied`: attached to somebody else's only; `unknown`: not attached here. */
export type FileVerdict = 'granted' | 'denied' | 'unknown';

/** What a feature that attaches files tells about them. */
export abstract class FileGrant {
  /** What is known here of a file of the reader's workspace. Asked at every read, so one indexed query at most. */
  abstract judge(reader: FileReader, fileId: string): Promise<FileVerdict>;
}

/**
 * May this caller read this file? Features that attach files to something of theirs register here at module init; files itself
 * knows nothing of messages, documents or runs.
 */
@Injectable()
export class FileGrants {
  private readonly grants: FileGrant[] = [];

  register(grant: FileGrant): void {
    this.grants.push(grant);
  }

  /** One grant suffices; a denial counts when nobody grants. */
  async check(reader: FileReader, fileId: string): Promise<FileVerdict> {
    let verdict: FileVerdict = 'unknown';
    for (const grant of this.grants) {
      const answer = await grant.judge(reader, fileId);
      if (answer === 'granted') return answer;
      if (answer === 'denied') verdict = answer;
    }
    return verdict;
  }
}
