import { Global, Module } from '@nestjs/common';
import { TelemetryConfig } from '#platform/config';
import { AppLogger } from './app-logger.js';
import { Metrics } from './metrics.js';
import { MetricsServer } from './metrics-server.js';
import { Tracing } from './tracing.js';

/** Logger, metrics and traces for every module. */
@Global()
@Module({
  providers: [
    {
      provide: AppLogger,
      useFactory: (config: TelemetryConfig) => AppLogger.create({ level: config.logLevel, pretty: config.logPretty }),
      inject: [TelemetryConfig],
    },
    Metrics,
    MetricsServer,
    Tracing,
  ],
  exports: [AppLogger, Metrics, Tracing],
})
export class TelemetryModule {}
