import { Env } from '../env.js';
import { integer } from '../schemas.js';

const MAX_TIMEOUT_MS = 3_600_000;

/** Calls to model vendors. */
export class ModelsConfig {
  /** How long a vendor may take until its answer begins. Unit: milliseconds. */
  @Env('MODEL_ANSWER_TIMEOUT_MS', integer(1000, MAX_TIMEOUT_MS)) answerTimeoutMs = 300_000;
  /** How long a vendor's answer may stand still between two pieces. Unit: milliseconds. */
  @Env('MODEL_STALL_TIMEOUT_MS', integer(1000, MAX_TIMEOUT_MS)) stallTimeoutMs = 300_000;
  /** How long a vendor may take to accept or refuse credentials that are being saved. Unit: milliseconds. */
  @Env('MODEL_VALIDATION_TIMEOUT_MS', integer(1000, MAX_TIMEOUT_MS)) validationTimeoutMs = 60_000;
}
