import { Module, type OnModuleInit } from '@nestjs/common';
import { ServerConfig } from '#platform/config';
import { DocsInfo } from '#platform/openapi';
import { DemoModule } from './demo.module.js';
import { DemoService } from './demo.service.js';
import { LandingController } from './http/landing.controller.js';

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '::1']);

/** The start page. It and the documentation know the demo key as long as nobody but this machine can ask for it. */
@Module({ imports: [DemoModule], controllers: [LandingController] })
export class DemoHttpModule implements OnModuleInit {
  constructor(
    private readonly docs: DocsInfo,
    private readonly demo: DemoService,
    private readonly server: ServerConfig,
  ) {}

  onModuleInit(): void {
    const isPrivate = LOOPBACK.has(this.server.host);
    this.docs.provide(() =>
      Promise.resolve({
        serviceApi: this.server.serviceApiUrl ? `${this.server.serviceApiUrl}/v1` : null,
        demoKey: isPrivate ? (this.demo.describe()?.key ?? null) : null,
      }),
    );
  }
}
