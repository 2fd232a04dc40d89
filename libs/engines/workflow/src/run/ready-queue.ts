import type { Frame } from './frame.js';

/** A node that may run. */
export interface ReadyNode {
  frame: Frame;
  node: number;
}

/** Taken places before the array is made shorter. */
const SLACK = 1024;

/** Nodes that may run, first come, first served (contract workflow-engine 4.1). */
export class ReadyQueue {
  private items: ReadyNode[] = [];
  private head = 0;

  get isEmpty(): boolean {
    return this.head >= this.items.length;
  }

  push(frame: Frame, node: number): void {
    this.items.push({ frame, node });
  }

  /** The first; ask `isEmpty` before. */
  take(): ReadyNode {
    const ready = this.items[this.head++] as ReadyNode;
    if (this.head > SLACK && this.head * 2 > this.items.length) {
      this.items = this.items.slice(this.head);
      this.head = 0;
    }
    return ready;
  }

  /** Takes a node out, wherever it stands; false when it does not. */
  remove(frame: Frame, node: number): boolean {
    const at = this.items.findIndex((ready, index) => index >= this.head && ready.frame === frame && ready.node === node);
    if (at < 0) return false;
    this.items.splice(at, 1);
    return true;
  }
}
