import type { ContentNode } from '../content.js';

/** Something that a migration wrote in another way. */
export interface DslChange {
  /** Stable name of the kind of change, upper snake case, such as `CASES_FROM_CONDITIONS`. */
  readonly code: string;
  readonly message: string;
  readonly nodeId?: string;
  readonly nodeTitle?: string;
  /** Path in the node's `data` where `nodeId` is set, else in the file. */
  readonly field?: string;
}

/** Takes what a migration changed. */
export class ChangeLog {
  readonly changes: DslChange[] = [];

  /** A change of the file itself. */
  add(code: string, field: string, message: string): void {
    this.changes.push({ code, message, field });
  }

  /** A change of a node. */
  addTo({ id, title }: Pick<ContentNode, 'id' | 'title'>, code: string, field: string, message: string): void {
    this.changes.push({ code, message, nodeId: id, nodeTitle: title, field });
  }
}
