import { get } from 'node:http';
import { ConfigError, type LoadedConfig, loadConfig, ServerConfig, TelemetryConfig } from '#platform/config';
import type { CliCommand } from '../command.js';

const DEADLINE_MS = 2500;
const WILDCARDS = new Set(['0.0.0.0', '::', '[::]']);

/** For health checks of containers: quiet and quick. */
export const healthCommand: CliCommand = {
  name: 'health',
  usage: '',
  summary: 'Asks the server on PORT, a worker on METRICS_PORT, whether it lives: exit code 0 or 1.',
  async run() {
    const problem = await problemOf(healthAddressOf(loadConfig()));
    if (problem !== null) console.error(problem);
    return problem === null ? 0 : 1;
  },
};

/** Where a process of this configuration tells that it lives. Throws {@link ConfigError} for a worker without a port. */
export function healthAddressOf(config: LoadedConfig): string {
  const { host, port, role } = config.get(ServerConfig);
  if (role !== 'worker') return addressOf(host, port);
  const { metricsHost, metricsPort } = config.get(TelemetryConfig);
  if (metricsPort === 0)
    throw new ConfigError(['METRICS_PORT is not set: set it for the worker and for its health check, which asks there']);
  return addressOf(metricsHost, metricsPort);
}

const addressOf = (host: string, port: number): string => `http://${WILDCARDS.has(host) ? '127.0.0.1' : host}:${String(port)}/health`;

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
