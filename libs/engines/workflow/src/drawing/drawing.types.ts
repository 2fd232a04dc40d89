/** What has become of a node in a run. */
export type DrawnStatus = 'waiting' | 'running' | 'succeeded' | 'failed' | 'exception' | 'retrying' | 'paused' | 'skipped';

/** A node's part in a run. */
export interface DrawnState {
  readonly status: DrawnStatus;
  /** The handle that was taken; edges of other handles are drawn faint. Absent: all are alike. */
  readonly handle?: string;
  /** A few words beside the status, such as `1.2 s`. */
  readonly note?: string;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** One of the ways out of a node. */
export interface DrawnHandle {
  readonly id: string;
  /** Short and capital, such as `IF`; empty for the one way out of an ordinary node. */
  readonly label: string;
  /** What stands behind the label. */
  readonly text: string;
  /** Distance from the top of the box. Pixels. */
  readonly y: number;
}

/** A node with its place. Pixels, absolute. */
export interface DrawnBox extends Point {
  readonly id: string;
  /** `data.type`, `note` for remarks, `unknown` where there is none. */
  readonly type: string;
  readonly title: string;
  /** What it works with: a model, a URL; empty for nothing. */
  readonly subtitle: string;
  readonly width: number;
  readonly height: number;
  readonly handles: readonly DrawnHandle[];
  readonly data: Readonly<Record<string, unknown>>;
  /** `container`: others stand inside; `start`: the small start of a round. */
  readonly shape: 'node' | 'container' | 'start' | 'note';
  /** 0 outside of containers. */
  readonly depth: number;
}

/** An edge with its ends. */
export interface DrawnEdge {
  readonly source: DrawnBox;
  readonly target: DrawnBox;
  readonly handle: string;
  readonly from: Point;
  readonly to: Point;
}

/** A graph with everything in its place. */
export interface Layout {
  /** Containers before what stands inside. */
  readonly boxes: readonly DrawnBox[];
  readonly edges: readonly DrawnEdge[];
}
