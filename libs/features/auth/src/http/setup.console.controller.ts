import { Body, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ClientIp, ConsoleController, type HttpReply, type HttpRequest, Public, ResultResponse } from '#platform/http';
import { NotInitValidatedError } from '../auth.errors.js';
import { InitValidation } from '../services/init-validation.js';
import { SessionCookies } from '../services/session-cookies.js';
import { SetupService } from '../services/setup.service.js';
import { InitStatusResponse } from './dto/init-status.response.js';
import { InitRequest } from './dto/init.request.js';
import { SetupStatusResponse } from './dto/setup-status.response.js';
import { SetupRequest } from './dto/setup.request.js';

const INIT_COOKIE = 'session';

/** The first set-up of the installation (contract console-accounts 3.1). */
@ConsoleController('', { tag: 'setup', errors: 'with-error-object' })
@Public()
export class SetupConsoleController {
  constructor(
    private readonly setup: SetupService,
    private readonly init: InitValidation,
    private readonly cookies: SessionCookies,
  ) {}

  /** Tell whether the init password is owed. */
  @Get('init')
  async initStatus(@Req() request: HttpRequest): Promise<InitStatusResponse> {
    return InitStatusResponse.from(await this.init.isOwed(this.initCookieOf(request)));
  }

  /** Give the init password. */
  @Post('init')
  @HttpCode(201)
  async validateInit(
    @Body() body: InitRequest,
    @ClientIp() ip: string,
    @Res({ passthrough: true }) reply: HttpReply,
  ): Promise<ResultResponse> {
    this.cookies.setOne(reply, INIT_COOKIE, await this.init.validate(body.password, ip), this.init.lifetimeSeconds);
    return ResultResponse.success();
  }

  /** Tell whether the installation is set up. */
  @Get('setup')
  async status(): Promise<SetupStatusResponse> {
    return SetupStatusResponse.from(await this.setup.findTime());
  }

  /** Set the installation up: the first account and its workspace. */
  @Post('setup')
  @HttpCode(201)
  async run(@Body() body: SetupRequest, @Req() request: HttpRequest): Promise<ResultResponse> {
    if (await this.init.isOwed(this.initCookieOf(request))) throw new NotInitValidatedError();
    await this.setup.run({ email: body.email, name: body.name, password: body.password, language: body.language ?? null });
    return ResultResponse.success();
  }

  private initCookieOf(request: HttpRequest): string | undefined {
    return request.cookies[this.cookies.nameOf(INIT_COOKIE)];
  }
}
