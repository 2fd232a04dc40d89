import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { TelemetryConfig } from '#platform/config';
import { Metrics } from './metrics.js';

/** Serves `GET /metrics` and `GET /health` on METRICS_PORT, apart from the API: the one port of a worker. */
@Injectable()
export class MetricsServer implements OnApplicationBootstrap, OnApplicationShutdown {
  private server: Server | null = null;

  constructor(
    private readonly config: TelemetryConfig,
    private readonly metrics: Metrics,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (this.config.metricsPort !== 0) await this.listen(this.config.metricsPort);
  }

  /** Starts listening; 0 lets the system choose. Returns the port. */
  async listen(port: number): Promise<number> {
    const server = createServer((request, response) => {
      const path = request.method === 'GET' ? request.url : undefined;
      if (path === '/health') {
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ pid: process.pid, status: 'ok' }));
        return;
      }
      if (path !== '/metrics') {
        response.writeHead(404).end();
        return;
      }
      this.metrics.text().then(
        (text) => response.writeHead(200, { 'content-type': this.metrics.contentType }).end(text),
        () => response.writeHead(500).end(),
      );
    });
    this.server = server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(port, this.config.metricsHost, resolve);
    });
    return (server.address() as AddressInfo).port;
  }

  async onApplicationShutdown(): Promise<void> {
    const { server } = this;
    if (server === null) return;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}
