import { createServer, type Server } from 'node:net';
import { OperationalError, UnexpectedError } from '#common';
import { ConfigError } from '#platform/config';
import { startErrorText } from './process-life.js';

describe('startErrorText', () => {
  it('should tell what an operator can mend in words alone', () => {
    const inUse = new OperationalError({ code: 'in_use', status: 503, message: 'The data directory is in use. Set another DATA_DIR.' });

    expect(startErrorText(inUse)).toBe('The data directory is in use. Set another DATA_DIR.');
    expect(startErrorText(new ConfigError(['PORT must be a number']))).not.toContain('    at ');
  });

  it('should show where a bug of ours came from', () => {
    expect(startErrorText(new UnexpectedError({ code: 'unknown', status: 500, message: 'Lost' }))).toContain('    at ');
    expect(startErrorText(new TypeError('x is not a function'))).toContain('process-life.spec');
  });

  it('should name the setting for a port that is taken', async () => {
    const taken = await listening(0);
    const { port } = taken.address() as { port: number };
    const error: unknown = await listening(port).catch((cause: unknown) => cause);
    taken.close();

    expect(startErrorText(error)).toBe(
      `Another program listens on 127.0.0.1:${String(port)}. Stop it, or set PORT (or METRICS_PORT, if that is the one) to a free port.`,
    );
  });
});

function listening(port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject).listen(port, '127.0.0.1', () => resolve(server));
  });
}
