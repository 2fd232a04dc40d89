import { DEFAULT_LIMITS } from '#engines/workflow';
import { DEFAULT_LIMITS as SANDBOX_LIMITS, LIMIT_SETTINGS } from '#engines/sandbox';
import { loadConfig, SandboxConfig, WorkflowConfig } from '#platform/config';
import { limitsOf } from './run-limits.js';
import { sandboxLimitsOf } from './open-sandbox.js';

describe('bounds of runs', () => {
  it('should be those of the engine and of the sandbox where nothing is set', () => {
    expect(limitsOf(new WorkflowConfig())).toEqual(DEFAULT_LIMITS);
    expect(sandboxLimitsOf(new SandboxConfig())).toEqual(SANDBOX_LIMITS);
  });

  it('should be moved by the variables that messages name', () => {
    const config = loadConfig({ WORKFLOW_MAX_EXECUTION_STEPS: '7', CODE_MIN_NUMBER: '-1e3', HTTP_REQUEST_NODE_SSL_VERIFY: 'false' });
    expect(limitsOf(config.get(WorkflowConfig))).toMatchObject({ maxSteps: 7, code: { minNumber: -1000 }, http: { verifyTls: false } });

    for (const [name, setting] of Object.entries(LIMIT_SETTINGS)) {
      if (!(name in SANDBOX_LIMITS)) continue;
      const value = name === 'memoryBytes' ? 64 * 1024 * 1024 : 77;
      expect(sandboxLimitsOf(loadConfig({ [setting]: String(value) }).get(SandboxConfig))).toEqual({ ...SANDBOX_LIMITS, [name]: value });
    }
  });
});
