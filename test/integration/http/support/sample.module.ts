import { Body, Delete, Get, HttpCode, Module, type OnModuleInit, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import { IsBoolean, IsIn, IsInt, IsNotEmpty, IsObject, IsOptional, IsString, Max, Min } from 'class-validator';
import { UnauthorizedError, UserError } from '#common';
import { ConfigModule, type LoadedConfig } from '#platform/config';
import {
  AppKeyAccess,
  type AppKeyPrincipal,
  type AuthRequest,
  Authenticator,
  Authenticators,
  ClientIp,
  ConsoleAccess,
  ConsoleController,
  type ConsolePrincipal,
  CurrentApp,
  CurrentConsole,
  DatasetKeyAccess,
  FilesController,
  Form,
  FreeForm,
  HttpModule,
  type HttpReply,
  type HttpRequest,
  IdempotencyKey,
  OptionalBody,
  Public,
  RequestOrigin,
  type Role,
  RootController,
  ServiceController,
  type StreamFrame,
  StreamResponder,
  type UploadForm,
  UuidParam,
  wantsEventIds,
  WebController,
} from '#platform/http';
import { requestContext, TelemetryModule } from '#platform/telemetry';

export const TENANT = '018f0000-0000-7000-8000-000000000001';

class RunRequest {
  @IsString() @IsNotEmpty() query: string;
  @FreeForm() @IsObject() inputs: Record<string, unknown>;
  @IsOptional() @IsIn(['blocking', 'streaming']) response_mode?: string;
  @IsOptional() @IsInt() @Min(1) @Max(100) limit?: number = 20;
}

class ListQuery {
  @IsOptional() @IsInt() @Min(1) page?: number = 1;
  @IsOptional() @IsBoolean() archived?: boolean;
  @IsOptional() @IsString({ each: true }) tags?: string[];
  @IsOptional() @IsString() keyword?: string;
}

@OptionalBody()
class StopRequest {
  @IsOptional() @IsString() user?: string;
}

class TeapotError extends UserError {
  constructor() {
    super({ code: 'short_and_stout', status: 418, message: 'No coffee here.', cause: new Error('a cause nobody must see') });
  }
}

/** Who signs in as what: `Authorization: Bearer console-<role>`. */
class FakeConsole extends Authenticator<'console'> {
  async authenticate(request: AuthRequest): Promise<ConsolePrincipal> {
    const role = request.bearer?.replace(/^console-/, '');
    if (!role) throw new UnauthorizedError('Invalid Authorization token.');
    const account = { id: 'a', name: 'A', email: 'a@example.com', interfaceLanguage: 'en-US', timezone: 'UTC', status: 'active' };
    return { kind: 'console', accountId: 'a', tenantId: TENANT, role: role as Role, account };
  }
}

class FakeAppKey extends Authenticator<'app-key'> {
  async authenticate(request: AuthRequest, options: { user: string }): Promise<AppKeyPrincipal> {
    if (request.bearer !== 'app-good') throw new UnauthorizedError('Access token is invalid');
    let user: unknown = null;
    if (options.user === 'json') user = (request.body as { user?: unknown } | null)?.user;
    if (options.user === 'form') user = (await request.form()).fields.user;
    return {
      kind: 'app',
      tenantId: TENANT,
      appId: 'app',
      mode: 'chat',
      keyId: 'key',
      endUser: typeof user === 'string' ? { id: 'eu', sessionId: user, isAnonymous: false } : null,
    };
  }
}

/** Streams that a test opens, feeds and watches. */
export const streams = {
  source: null as ((signal: AbortSignal) => AsyncIterable<StreamFrame[]>) | null,
  disconnects: 0,
};

@ServiceController('runs')
class RunsServiceController {
  constructor(private readonly responder: StreamResponder) {}

  @AppKeyAccess({ user: 'json' })
  @Post()
  run(@Body() body: RunRequest, @CurrentApp() app: AppKeyPrincipal, @IdempotencyKey() key: string | null): object {
    return { ...body, user: app.endUser?.sessionId ?? null, key, context: requestContext.get() };
  }

  @AppKeyAccess()
  @Post('stream')
  async stream(@Req() request: HttpRequest, @Res({ passthrough: true }) reply: HttpReply): Promise<object | undefined> {
    if (streams.source === null) return { blocking: true };
    await this.responder.respond(reply, streams.source, {
      eventIds: wantsEventIds(request),
      onDisconnect: () => (streams.disconnects += 1),
    });
    return undefined;
  }

  @AppKeyAccess()
  @Post(':task_id/stop')
  stop(@Param('task_id') taskId: string, @Body() body: StopRequest): object {
    return { result: 'success', taskId, user: body.user ?? null };
  }

  @AppKeyAccess({ user: 'form' })
  @Post('upload')
  @HttpCode(201)
  async upload(@Form() form: UploadForm, @CurrentApp() app: AppKeyPrincipal): Promise<object> {
    const file = form.file('file');
    return {
      name: file?.filename,
      size: file?.size,
      user: app.endUser?.sessionId,
      bytes: (await file?.bytes())?.length,
      fields: form.fields,
    };
  }

  @DatasetKeyAccess()
  @Get('dataset')
  dataset(): object {
    return {};
  }
}

@ConsoleController('things')
class ThingsConsoleController {
  @ConsoleAccess()
  @Get()
  list(@Query() query: ListQuery, @CurrentConsole() member: ConsolePrincipal): object {
    return { ...query, role: member.role };
  }

  @ConsoleAccess({ role: 'edit' })
  @Post()
  create(@Body() body: RunRequest): object {
    return body;
  }

  @ConsoleAccess()
  @Get(':thing_id')
  one(@UuidParam('thing_id') id: string): object {
    return { id };
  }

  @ConsoleAccess({ role: 'owner' })
  @Delete(':thing_id')
  @HttpCode(204)
  remove(@UuidParam('thing_id') _id: string): void {
    // Nothing to give.
  }

  @ConsoleAccess()
  @Patch('text/:text')
  text(@Param('text') text: string): object {
    return { length: text.length };
  }
}

@ConsoleController('workspaces/current/model-providers')
class ProvidersConsoleController {
  @ConsoleAccess()
  @Get(':provider/models')
  models(@Param('provider') provider: string): object {
    return { provider };
  }
}

@ConsoleController('setup', { errors: 'with-error-object' })
class SetupConsoleController {
  @Public()
  @Post()
  @HttpCode(201)
  setup(@Body() body: RunRequest): object {
    return body;
  }
}

@WebController('site')
class SiteWebController {
  @Public()
  @Get()
  site(@ClientIp() ip: string, @RequestOrigin() origin: string): object {
    return { ip, origin };
  }
}

@FilesController('')
class SampleFilesController {
  @Public()
  @Get(':file_id/preview')
  preview(@Param('file_id') id: string): object {
    return { id };
  }
}

@RootController('faults')
class FaultsController {
  @Public()
  @Get('app-error')
  appError(): never {
    throw new TeapotError();
  }

  @Public()
  @Get('bug')
  bug(): never {
    throw new TypeError('secret detail of the inside');
  }
}

@Module({
  controllers: [
    RunsServiceController,
    ThingsConsoleController,
    ProvidersConsoleController,
    SetupConsoleController,
    SiteWebController,
    SampleFilesController,
    FaultsController,
  ],
})
class RoutesModule implements OnModuleInit {
  constructor(private readonly authenticators: Authenticators) {}

  onModuleInit(): void {
    this.authenticators.register('console', new FakeConsole());
    this.authenticators.register('app-key', new FakeAppKey());
  }
}

/** A small application with a route of every kind. */
export const sampleModule = (config: LoadedConfig) => ({
  module: RoutesModule,
  imports: [ConfigModule.forRoot(config), TelemetryModule, HttpModule],
});
