import { Get, Query } from '@nestjs/common';
import { EditionConfig } from '#platform/config';
import { COMPATIBLE_VERSION, ConsoleController, Public } from '#platform/http';
import { PingResponse } from './dto/ping.response.js';
import { VersionQuery } from './dto/version.query.js';
import { VersionResponse } from './dto/version.response.js';

/** What anybody may ask (contract console-accounts 3.1). */
@ConsoleController('', { tag: 'system', errors: 'with-error-object' })
@Public()
export class BootstrapConsoleController {
  constructor(private readonly edition: EditionConfig) {}

  /** See whether the server answers. */
  @Get('ping')
  ping(): PingResponse {
    return Object.assign(new PingResponse(), { result: 'pong' });
  }

  /** Get the version whose APIs are spoken. */
  @Get('version')
  version(@Query() _query: VersionQuery): VersionResponse {
    return VersionResponse.from(COMPATIBLE_VERSION, this.edition);
  }
}
