import { z } from 'zod';
import { Env } from '../env.js';
import { flag, integer } from '../schemas.js';

const DAY_SECONDS = 86_400;
const GIBIBYTE = 1024 * 1024 * 1024;

/** A number as a float holds it: bounds of 64 bits are beyond the whole numbers that it tells apart. */
const wideNumber = () =>
  z.string().transform((value, context) => {
    const number = Number(value.trim());
    if (value.trim() !== '' && Number.isFinite(number)) return number;
    context.addIssue({ code: 'custom', message: 'must be a number' });
    return z.NEVER;
  });

/** Bounds of workflow runs and of their nodes (contract workflow-engine 4.6, 7). */
export class WorkflowConfig {
  /** Most steps of a run: starts of nodes, inner ones and retries included. */
  @Env('WORKFLOW_MAX_EXECUTION_STEPS', integer(1)) maxSteps = 10_000;
  /** Longest run. Unit: seconds. */
  @Env('WORKFLOW_MAX_EXECUTION_TIME', integer(1, 30 * DAY_SECONDS)) maxSeconds = 1200;
  /** Deepest nesting of workflows that call workflows as tools. */
  @Env('WORKFLOW_CALL_MAX_DEPTH', integer(1, 100)) maxCallDepth = 5;
  /** Most nodes of one run that work at the same time. */
  @Env('WORKFLOW_MAX_PARALLEL_NODES', integer(1, 10_000)) maxParallelNodes = 50;
  /** Most that the values of one run hold together, in variables and in what its iterations have gathered. Unit: characters; an element of a list or a field counts as 8. */
  @Env('WORKFLOW_MAX_VALUES_SIZE', integer(1024 * 1024)) maxValuesSize = 256 * 1024 * 1024;
  /** Longest output of a template. Unit: characters. */
  @Env('TEMPLATE_TRANSFORM_MAX_LENGTH', integer(1, GIBIBYTE)) templateMaxLength = 400_000;
  /** Longest text that a code node puts out. Unit: characters. */
  @Env('CODE_MAX_STRING_LENGTH', integer(1, GIBIBYTE)) codeMaxStringLength = 400_000;
  /** Highest number that a code node puts out. */
  @Env('CODE_MAX_NUMBER', wideNumber()) codeMaxNumber = 2 ** 63;
  /** Lowest number that a code node puts out. */
  @Env('CODE_MIN_NUMBER', wideNumber()) codeMinNumber = -(2 ** 63);
  /** Most digits after the point of a number that a code node puts out. */
  @Env('CODE_MAX_PRECISION', integer(0, 1000)) codeMaxPrecision = 20;
  /** Most objects inside objects that a code node puts out. */
  @Env('CODE_MAX_DEPTH', integer(1, 1000)) codeMaxDepth = 5;
  /** Most texts in a list that a code node puts out. */
  @Env('CODE_MAX_STRING_ARRAY_LENGTH', integer(1)) codeMaxStringArrayLength = 30;
  /** Most objects in a list that a code node puts out. */
  @Env('CODE_MAX_OBJECT_ARRAY_LENGTH', integer(1)) codeMaxObjectArrayLength = 30;
  /** Most numbers in a list that a code node puts out. */
  @Env('CODE_MAX_NUMBER_ARRAY_LENGTH', integer(1)) codeMaxNumberArrayLength = 1000;
  /** How long an http-request node waits for a connection. Unit: seconds. */
  @Env('HTTP_REQUEST_MAX_CONNECT_TIMEOUT', integer(1, DAY_SECONDS)) httpConnectSeconds = 10;
  /** How long it waits for a piece of the answer. Unit: seconds. */
  @Env('HTTP_REQUEST_MAX_READ_TIMEOUT', integer(1, DAY_SECONDS)) httpReadSeconds = 600;
  /** How long it waits until a piece of the request is taken. Unit: seconds. */
  @Env('HTTP_REQUEST_MAX_WRITE_TIMEOUT', integer(1, DAY_SECONDS)) httpWriteSeconds = 600;
  /** Largest answer that is a file. Unit: bytes. */
  @Env('HTTP_REQUEST_NODE_MAX_BINARY_SIZE', integer(1, GIBIBYTE)) httpMaxBinaryBytes = 10 * 1024 * 1024;
  /** Largest answer that is a text. Unit: bytes. */
  @Env('HTTP_REQUEST_NODE_MAX_TEXT_SIZE', integer(1, GIBIBYTE)) httpMaxTextBytes = 1024 * 1024;
  /** Whether servers must show a valid certificate, where a node does not say. */
  @Env('HTTP_REQUEST_NODE_SSL_VERIFY', flag()) httpVerifyTls = true;
}
