import { Get, Req, Res } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { TelemetryConfig } from '#platform/config';
import { Metrics } from '#platform/telemetry';
import { Public } from '../access/access.decorators.js';
import { RouteNotFoundError } from '../errors/http.errors.js';
import { RootController } from '../routing/controllers.decorators.js';
import { HealthResponse, ReadyResponse } from './health.response.js';
import { isSameToken } from './same-token.js';
import { ReadinessProbes } from './readiness-probes.js';

/** The state of the process, for load balancers and people on duty. */
@RootController('', { tag: 'Health' })
export class HealthController {
  constructor(
    private readonly probes: ReadinessProbes,
    private readonly metrics: Metrics,
    private readonly config: TelemetryConfig,
  ) {}

  /** Say that the process is alive. */
  @Public()
  @Get('health')
  health(): HealthResponse {
    return HealthResponse.now();
  }

  /** Say whether every dependency can be used; 503 when a required one can not. */
  @Public()
  @ApiResponse({ status: 200, type: ReadyResponse })
  @ApiResponse({ status: 503, type: ReadyResponse })
  @Get('ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<ReadyResponse> {
    const answer = ReadyResponse.from(await this.probes.check());
    void reply.header('cache-control', 'no-store');
    if (answer.status !== 'ok') void reply.code(503);
    return answer;
  }

  /** Give the metrics to who knows METRICS_TOKEN; without that setting there is nothing here. */
  @Public()
  @ApiResponse({ status: 200, content: { 'text/plain': { schema: { type: 'string' } } } })
  @ApiResponse({ status: 404, content: { 'text/html': { schema: { type: 'string' } } } })
  @Get('metrics')
  async metricsText(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const { metricsToken } = this.config;
    if (metricsToken === undefined || !isSameToken(request.headers.authorization, `Bearer ${metricsToken}`)) throw new RouteNotFoundError();
    void reply.header('content-type', this.metrics.contentType);
    return this.metrics.text();
  }
}
