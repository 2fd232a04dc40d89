import { createParamDecorator, type ExecutionContext, Param } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { UnexpectedError } from '#common';
import type { Principal } from '../access/principals.js';
import { parseIdempotencyKey } from './idempotency-key.js';

const UUID_PARAMS = 'baya:uuid-params';
const IDEMPOTENT = 'baya:idempotent';
const HOST = /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i;

const handlerOf = (target: object, key: string | symbol | undefined): object =>
  (target as Record<string | symbol, object>)[key ?? ''] as object;

const requestOf = (context: ExecutionContext): FastifyRequest => context.switchToHttp().getRequest<FastifyRequest>();

function principalDecorator(kind: Principal['kind'], access: string): () => ParameterDecorator {
  return createParamDecorator((_: unknown, context: ExecutionContext): Principal => {
    const { principal } = requestOf(context);
    if (principal?.kind === kind) return principal;
    throw new UnexpectedError({
      code: 'unknown',
      status: 500,
      message: `The route asks for a principal of kind ${kind} without @${access}().`,
    });
  });
}

/** The signed-in member: `ConsolePrincipal`. Needs `@ConsoleAccess()`. */
export const CurrentConsole = principalDecorator('console', 'ConsoleAccess');
/** The app whose key was sent: `AppKeyPrincipal`. Needs `@AppKeyAccess()`. */
export const CurrentApp = principalDecorator('app', 'AppKeyAccess');
/** The workspace whose knowledge key was sent: `DatasetKeyPrincipal`. Needs `@DatasetKeyAccess()`. */
export const CurrentDatasetKey = principalDecorator('dataset', 'DatasetKeyAccess');
/** The visitor of a web app: `PassportPrincipal`. Needs `@PassportAccess()`. */
export const CurrentPassport = principalDecorator('passport', 'PassportAccess');
/** The member who uses an installed app: `InstalledAppPrincipal`. Needs `@InstalledAppAccess()`. */
export const CurrentInstalledApp = principalDecorator('installed-app', 'InstalledAppAccess');

/** The caller's address: a string. X-Forwarded-For counts for trusted proxies only. */
export const ClientIp = createParamDecorator((_: unknown, context: ExecutionContext): string => requestOf(context).ip);

/**
 * The address the caller used, as `https://host[:port]`: for links where no public address is configured. X-Forwarded-Proto and
 * -Host count for trusted proxies only; a host that is none is left out (`http://localhost`).
 */
export const RequestOrigin = createParamDecorator((_: unknown, context: ExecutionContext): string => {
  const { protocol, host } = requestOf(context);
  return `${protocol}://${HOST.test(host) ? host : 'localhost'}`;
});

const ReadIdempotencyKey = createParamDecorator((_: unknown, context: ExecutionContext): string | null =>
  parseIdempotencyKey(requestOf(context).headers['idempotency-key']),
);

/** The `Idempotency-Key` header: a string of 1 to 255 visible characters, or null. Another value is 400 `invalid_param`. */
export function IdempotencyKey(): ParameterDecorator {
  return (target, key, index) => {
    ReadIdempotencyKey()(target, key, index);
    Reflect.defineMetadata(IDEMPOTENT, true, handlerOf(target, key));
  };
}

/** Whether a handler reads the `Idempotency-Key` header. */
export const isIdempotent = (handler: object): boolean => Reflect.getMetadata(IDEMPOTENT, handler) === true;

/** A path parameter that is a UUID; any other text answers the HTML 404 of an unknown path, before authentication. */
export function UuidParam(name: string): ParameterDecorator {
  return (target, key, index) => {
    Param(name)(target, key, index);
    const handler = handlerOf(target, key);
    Reflect.defineMetadata(UUID_PARAMS, [...uuidParamsOf(handler), name], handler);
  };
}

/** Names of the path parameters of a handler that must be UUIDs. */
export function uuidParamsOf(handler: object): readonly string[] {
  return (Reflect.getMetadata(UUID_PARAMS, handler) as string[] | undefined) ?? [];
}
