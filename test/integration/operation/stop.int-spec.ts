import { startProcess, type TestProcess } from '../../support/processes.js';

describe('the stop of a process', () => {
  let process: TestProcess;
  const armed = async (how: 'clean' | 'broken' | 'hanging', deadlineMs: number) => {
    process = await startProcess(new URL('./stop-process.ts', import.meta.url), {});
    await process.call('arm', how, deadlineMs);
  };
  afterEach(() => process.end('SIGKILL'));

  it.each(['SIGTERM', 'SIGINT'] as const)('should end it with 0 on %s when all was closed', async (signal) => {
    await armed('clean', 60_000);

    expect(await process.end(signal)).toBe(0);
  });

  it('should end it with 1 when something could not be closed, and say what', async () => {
    await armed('broken', 60_000);

    expect(await process.end('SIGTERM')).toBe(1);
    expect(process.output()).toContain('the database is away');
  });

  it('should end it by force at the deadline', async () => {
    await armed('hanging', 300);

    expect(await process.end('SIGTERM')).toBe(1);
    expect(process.output()).toContain('ended by force');
  });
});
