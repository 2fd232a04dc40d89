import { AppLogger } from './app-logger.js';
import { nestLogger } from './nest-logger.js';
import { requestContext } from './request-context.js';

const logged = (work: (log: AppLogger) => void, level: 'info' | 'debug' = 'info'): Record<string, unknown>[] => {
  const lines: string[] = [];
  work(AppLogger.create({ level, destination: { write: (line: string) => void lines.push(line) } }));
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
};

describe('AppLogger', () => {
  it('should write the message as a constant and facts as fields', () => {
    const [line] = logged((log) => log.scoped('runs').info('run finished', { runs: 3 }));

    expect(line).toMatchObject({ level: 'info', scope: 'runs', msg: 'run finished', runs: 3 });
  });

  it('should add the ids of the asynchronous context', async () => {
    const lines: string[] = [];
    const log = AppLogger.create({ level: 'info', destination: { write: (line: string) => void lines.push(line) } });

    await requestContext.run({ requestId: 'r1' }, async () => {
      requestContext.set({ tenantId: 't1' });
      await Promise.resolve();
      log.info('inside');
    });
    log.info('outside');

    expect(JSON.parse(lines[0]!)).toMatchObject({ requestId: 'r1', tenantId: 't1' });
    expect(JSON.parse(lines[1]!)).not.toHaveProperty('requestId');
  });

  it('should take the calls of Nest with context and stack', () => {
    const [first, second] = logged((log) => {
      log.log('Nest started', 'NestFactory');
      log.error('it broke', 'Error: it broke\n    at x', 'Router');
    });

    expect(first).toMatchObject({ msg: 'Nest started', scope: 'NestFactory' });
    expect(second).toMatchObject({ level: 'error', scope: 'Router', stack: expect.stringContaining('at x') });
  });

  it('should keep what Nest sets up at debug, and what our own parts log at info', () => {
    const lines = logged((log) => {
      nestLogger(log).log('ApiModule dependencies initialized', 'InstanceLoader');
      nestLogger(log).log('Migrated: x', 'database');
      nestLogger(log).log({ msg: 'took over a run', runId: 'r', err: new Error('why') }, 'RunTakeOver');
    });

    expect(lines).toMatchObject([
      { level: 'info', scope: 'database', msg: 'Migrated: x' },
      { level: 'info', scope: 'RunTakeOver', msg: 'took over a run', runId: 'r', err: { message: 'why' } },
    ]);
  });

  it('should write an error with its causes', () => {
    const [line] = logged((log) => log.error('job failed', { error: new Error('outer', { cause: new Error('inner reason') }) }));

    expect(JSON.stringify(line)).toContain('inner reason');
  });

  it.each([
    ['a field named password', { password: 'hunter2hunter2' }],
    ['a nested credential', { body: { credentials: { k: 'hunter2hunter2' } } }],
    ['a header', { headers: { authorization: 'hunter2hunter2', 'set-cookie': 'hunter2hunter2' } }],
    ['a bearer token within a text', { note: 'sent Bearer hunter2hunter2xyz to it' }],
    ['a vendor key within an error', { error: new Error('Incorrect API key provided: sk-hunter2hunter2hunter2') }],
    ['a password within an address', { url: 'postgres://baya:hunter2hunter2@db/x' }],
  ])('should never write %s', (_, fields) => {
    expect(JSON.stringify(logged((log) => log.info('x', fields)))).not.toContain('hunter2');
  });

  it('should leave out what is below its level', () => {
    expect(logged((log) => log.debug('quiet'))).toHaveLength(0);
    expect(logged((log) => log.debug('loud'), 'debug')).toHaveLength(1);
  });

  it('should write a line for eyes when asked', () => {
    const lines: string[] = [];
    AppLogger.create({ level: 'info', pretty: true, destination: { write: (line: string) => void lines.push(line) } })
      .scoped('api')
      .info('listening', { port: 1 });

    expect(lines.join('')).toMatch(/info .*\[api\] listening.*port=1/);
  });
});
