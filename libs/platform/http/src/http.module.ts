import { Global, Module } from '@nestjs/common';
import { AccessGuard } from './access/access.guard.js';
import { Authenticators } from './access/authenticators.js';
import { RequestPipe } from './body/request.pipe.js';
import { ApiExceptionFilter } from './errors/api-exception.filter.js';
import { HealthController } from './health/health.controller.js';
import { ReadinessProbes } from './health/readiness-probes.js';
import { OutboundHttp } from './outbound/outbound-http.js';
import { Admission } from './pipeline/admission.js';
import { RequestPipeline } from './pipeline/request-pipeline.js';
import { StreamResponder } from './streams/stream-responder.js';

const shared = [Authenticators, OutboundHttp, ReadinessProbes, StreamResponder];

/** The HTTP server's parts: who may, what is read, how it is answered; and the one way out. Needs `TelemetryModule`. */
@Global()
@Module({
  controllers: [HealthController],
  providers: [...shared, AccessGuard, Admission, ApiExceptionFilter, RequestPipe, RequestPipeline],
  exports: [...shared, Admission],
})
export class HttpModule {}
