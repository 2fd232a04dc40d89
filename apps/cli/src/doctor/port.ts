import { createServer } from 'node:net';
import type { ServerConfig } from '#platform/config';
import { bad, type Finding, good } from './finding.js';

/** Whether PORT can be listened on; a server of ours that holds it is fine. */
export async function inspectPort({ host, port }: ServerConfig): Promise<Finding> {
  const address = `${host}:${port}`;
  const code = await listenError(host, port);
  if (code === null) return good('port', `${address} is free`);
  if (code !== 'EADDRINUSE') return bad('port', `${address} can't be listened on (${code})`, 'Correct HOST, or choose a PORT over 1023.');
  return (await isOurs(host, port))
    ? good('port', `${address} is served by a running Baya`)
    : bad('port', `${address} is taken by another program`, 'Set PORT, or stop that program.');
}

function listenError(host: string, port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen(port, host, () => server.close(() => resolve(null)));
  });
}

async function isOurs(host: string, port: number): Promise<boolean> {
  const { problemOf } = await import('../commands/health.command.js');
  return (await problemOf(`http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${port}/health`)) === null;
}
