/** Who runs what: facts that nodes and ports need. */
export interface RunFacts {
  readonly tenantId: string;
  readonly appId: string;
  readonly workflowId: string;
  readonly runId: string;
  /** `sys.user_id`. */
  readonly userId: string;
  /** Who asked: `service-api`, `web-app`, `explore`, `debugger`, ... */
  readonly invokeFrom: string;
  /** `null` outside chatflows. */
  readonly conversationId: string | null;
  /** How many workflow tools are around this run. */
  readonly callDepth: number;
}

/** Bounds of a run. All are checked by the engine; messages name the setting. */
export interface RunLimits {
  /** Node starts, inner nodes and retries included. `WORKFLOW_MAX_EXECUTION_STEPS`, default 10,000. */
  readonly maxSteps: number;
  /** Seconds. `WORKFLOW_MAX_EXECUTION_TIME`, default 1,200. */
  readonly maxSeconds: number;
  /** Workflow tools inside workflow tools. `WORKFLOW_CALL_MAX_DEPTH`, default 5. */
  readonly maxCallDepth: number;
  /** Nodes that work at the same time in one run. Default 50. */
  readonly maxParallelNodes: number;
  /** Characters of a template's output. `TEMPLATE_TRANSFORM_MAX_LENGTH`, default 400,000. */
  readonly templateMaxLength: number;
}

export const DEFAULT_LIMITS: RunLimits = {
  maxSteps: 10_000,
  maxSeconds: 1200,
  maxCallDepth: 5,
  maxParallelNodes: 50,
  templateMaxLength: 400_000,
};
