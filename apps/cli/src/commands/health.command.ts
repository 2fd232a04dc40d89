import { get } from 'node:http';
import { loadConfig, ServerConfig } from '#platform/config';
import type { CliCommand } from '../command.js';

const DEADLINE_MS = 2500;
const WILDCARDS = new Set(['0.0.0.0', '::', '[::]']);

/** For health checks of containers: quiet and quick. */
export const healthCommand: CliCommand = {
  name: 'health',
  usage: '',
  summary: 'Asks the server on PORT whether it lives: exit code 0 or 1.',
  async run() {
    const { host, port } = loadConfig().get(ServerConfig);
    const problem = await problemOf(`http://${WILDCARDS.has(host) ? '127.0.0.1' : host}:${port}/health`);
    if (problem !== null) console.error(problem);
    return problem === null ? 0 : 1;
  },
};

/** Why a server is not healthy, or null. */
export function problemOf(url: string): Promise<string | null> {
  return new Promise((resolve) => {
    const request = get(url, { timeout: DEADLINE_MS }, (response) => {
      response.resume();
      resolve(response.statusCode === 200 ? null : `${url} answered ${String(response.statusCode)}`);
    });
    request.on('timeout', () => request.destroy(new Error(`no answer within ${DEADLINE_MS} ms`)));
    request.on('error', (error) => resolve(`${url}: ${error.message}`));
  });
}
