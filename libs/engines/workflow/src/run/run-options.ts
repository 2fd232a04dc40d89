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
  /**
   * Characters that all values of a run hold together: variables, and what rounds of containers came to; an element or a field of one counts as eight. Values that
   * were overwritten, and those of rounds that have ended, do not count. `WORKFLOW_MAX_VALUES_SIZE`, default 256 Mi.
   */
  readonly maxValuesSize: number;
  /** Characters of a template's output. `TEMPLATE_TRANSFORM_MAX_LENGTH`, default 400,000. */
  readonly templateMaxLength: number;
  readonly code: CodeLimits;
  readonly http: HttpLimits;
}

/** Bounds and defaults of http-request nodes (contract workflow-engine 7.12). */
export interface HttpLimits {
  /** Seconds, where a node names none. `HTTP_REQUEST_MAX_CONNECT_TIMEOUT`, default 10. */
  readonly connectSeconds: number;
  /** `HTTP_REQUEST_MAX_READ_TIMEOUT`, default 600. */
  readonly readSeconds: number;
  /** `HTTP_REQUEST_MAX_WRITE_TIMEOUT`, default 600. */
  readonly writeSeconds: number;
  /** Most bytes of an answer that is a file. `HTTP_REQUEST_NODE_MAX_BINARY_SIZE`, default 10 MiB. */
  readonly maxBinaryBytes: number;
  /** Most bytes of an answer that is text. `HTTP_REQUEST_NODE_MAX_TEXT_SIZE`, default 1 MiB. */
  readonly maxTextBytes: number;
  /** Whether certificates are looked at, where a node does not say. `HTTP_REQUEST_NODE_SSL_VERIFY`, default true. */
  readonly verifyTls: boolean;
}

/** Bounds of what code may return (contract workflow-engine 7.10). */
export interface CodeLimits {
  /** Characters. `CODE_MAX_STRING_LENGTH`, default 400,000. */
  readonly maxStringLength: number;
  /** `CODE_MAX_NUMBER`, `CODE_MIN_NUMBER`, default the bounds of a 64-bit integer. */
  readonly maxNumber: number;
  readonly minNumber: number;
  /** Digits after the point. `CODE_MAX_PRECISION`, default 20. */
  readonly maxPrecision: number;
  /** Objects inside objects. `CODE_MAX_DEPTH`, default 5. */
  readonly maxDepth: number;
  /** Elements. `CODE_MAX_STRING_ARRAY_LENGTH`, default 30. */
  readonly maxStringArrayLength: number;
  /** `CODE_MAX_OBJECT_ARRAY_LENGTH`, default 30. */
  readonly maxObjectArrayLength: number;
  /** `CODE_MAX_NUMBER_ARRAY_LENGTH`, default 1,000. */
  readonly maxNumberArrayLength: number;
}

export const DEFAULT_LIMITS: RunLimits = {
  maxSteps: 10_000,
  maxSeconds: 1200,
  maxCallDepth: 5,
  maxParallelNodes: 50,
  maxValuesSize: 256 * 1024 * 1024,
  templateMaxLength: 400_000,
  code: {
    maxStringLength: 400_000,
    maxNumber: 2 ** 63,
    minNumber: -(2 ** 63),
    maxPrecision: 20,
    maxDepth: 5,
    maxStringArrayLength: 30,
    maxObjectArrayLength: 30,
    maxNumberArrayLength: 1000,
  },
  http: {
    connectSeconds: 10,
    readSeconds: 600,
    writeSeconds: 600,
    maxBinaryBytes: 10 * 1024 * 1024,
    maxTextBytes: 1024 * 1024,
    verifyTls: true,
  },
};
