import type { RunLimits } from '#engines/workflow';
import type { WorkflowConfig } from '#platform/config';

/** The bounds of runs as they are configured. */
export function limitsOf(config: WorkflowConfig): RunLimits {
  return {
    maxSteps: config.maxSteps,
    maxSeconds: config.maxSeconds,
    maxCallDepth: config.maxCallDepth,
    maxParallelNodes: config.maxParallelNodes,
    maxValuesSize: config.maxValuesSize,
    templateMaxLength: config.templateMaxLength,
    code: {
      maxStringLength: config.codeMaxStringLength,
      maxNumber: config.codeMaxNumber,
      minNumber: config.codeMinNumber,
      maxPrecision: config.codeMaxPrecision,
      maxDepth: config.codeMaxDepth,
      maxStringArrayLength: config.codeMaxStringArrayLength,
      maxObjectArrayLength: config.codeMaxObjectArrayLength,
      maxNumberArrayLength: config.codeMaxNumberArrayLength,
    },
    http: {
      connectSeconds: config.httpConnectSeconds,
      readSeconds: config.httpReadSeconds,
      writeSeconds: config.httpWriteSeconds,
      maxBinaryBytes: config.httpMaxBinaryBytes,
      maxTextBytes: config.httpMaxTextBytes,
      verifyTls: config.httpVerifyTls,
    },
  };
}
