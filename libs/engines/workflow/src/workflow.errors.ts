import type { SegmentType } from './values/segment-type.js';

/** A workflow, or a part of it, can't be what it was asked to be. Messages are for the person who built it. */
export class WorkflowError extends Error {
  /** The stable name of the kind of error, as it stands in `error_type` of a failed node. */
  readonly errorType: string;

  constructor(message: string, options?: { errorType?: string; cause?: unknown }) {
    super(message, options?.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.errorType = options?.errorType ?? new.target.name;
  }
}

/** A value is not of the type it was declared with. */
export class TypeMismatchError extends WorkflowError {
  constructor(
    readonly expected: SegmentType,
    readonly actual: SegmentType,
  ) {
    super(`Type mismatch: expected ${expected}, but got ${actual}.`);
  }
}

/** One thing that is wrong with a graph. */
export interface GraphProblem {
  /** `error`: a run of the graph fails at its start. `warning`: it runs, but probably not as meant. */
  level: 'error' | 'warning';
  /** Stable name of the kind of problem, upper snake case, such as `UNKNOWN_NODE_TYPE`. */
  code: string;
  message: string;
  nodeId?: string;
  /** Title of the node, for people. */
  nodeTitle?: string;
  /** Path of the field in the node's `data`, such as `cases.0.conditions.1.comparison_operator`. */
  field?: string;
}

/** A graph that can't run. */
export class GraphInvalidError extends WorkflowError {
  constructor(readonly problems: readonly GraphProblem[]) {
    super(problems.map((problem) => `[${problem.code}] ${problem.message}`).join('; '));
  }
}

/** The state a run was stopped at can't be read, or belongs to another graph. */
export class ResumeError extends WorkflowError {}

/** A node can't do its work; the run takes the node's error strategy. */
export class NodeFailure extends WorkflowError {
  constructor(message: string, options: { errorType?: string; cause?: unknown } = {}) {
    super(message, { ...options, errorType: options.errorType ?? '' });
  }
}
