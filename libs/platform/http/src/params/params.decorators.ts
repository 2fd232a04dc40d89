import { createParamDecorator, type ExecutionContext, Param } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { UnexpectedError } from '#common';
import type { AppKeyPrincipal, ConsolePrincipal, DatasetKeyPrincipal, InstalledAppPrincipal, PassportPrincipal, Principal } from '../access/principals.js';
import { parseIdempotencyKey } from './idempotency-key.js';

const UUID_PARAMS = 'baya:uuid-params';
const HOST = /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i;

const requestOf = (context: ExecutionContext): FastifyRequest => context.switchToHttp().getRequest<FastifyRequest>();

function principalDecorator<P extends Principal>(kind: P['kind'], access: string): () => ParameterDecorator {
  return createParamDecorator((_: unknown, context: ExecutionContext): P => {
    const { principal } = requestOf(context);
    if (principal?.kind === kind) return principal as P;
    throw new UnexpectedError({ code: 'unknown', status: 500, message: `The route asks for a principal of kind ${kind} without @${access}().` });
  });
}

/** The signed-in member: {@link ConsolePrincipal}. Needs `@ConsoleAccess()`. */
export const CurrentConsole = principalDecorator<ConsolePrincipal>('console', 'ConsoleAccess');
/** The app whose key was sent: {@link AppKeyPrincipal}. Needs `@AppKeyAccess()`. */
export const CurrentApp = principalDecorator<AppKeyPrincipal>('app', 'AppKeyAccess');
/** The workspace whose knowledge key was sent: {@link DatasetKeyPrincipal}. Needs `@DatasetKeyAccess()`. */
export const CurrentDatasetKey = principalDecorator<DatasetKeyPrincipal>('dataset', 'DatasetKeyAccess');
/** The visitor of a web app: {@link PassportPrincipal}. Needs `@PassportAccess()`. */
export const CurrentPassport = principalDecorator<PassportPrincipal>('passport', 'PassportAccess');
/** The member who uses an installed app: {@link InstalledAppPrincipal}. Needs `@InstalledAppAccess()`. */
export const CurrentInstalledApp = principalDecorator<InstalledAppPrincipal>('installed-app', 'InstalledAppAccess');

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

/** The `Idempotency-Key` header: a string of 1 to 255 visible characters, or null. Another value is 400 `invalid_param`. */
export const IdempotencyKey = createParamDecorator((_: unknown, context: ExecutionContext): string | null => parseIdempotencyKey(requestOf(context).headers['idempotency-key']));

/** A path parameter that is a UUID; any other text answers the HTML 404 of an unknown path, before authentication. */
export function UuidParam(name: string): ParameterDecorator {
  return (target, key, index) => {
    Param(name)(target, key, index);
    const handler = (target as Record<string | symbol, object>)[key as string | symbol] as object;
    Reflect.defineMetadata(UUID_PARAMS, [...uuidParamsOf(handler), name], handler);
  };
}

/** Names of the path parameters of a handler that must be UUIDs. */
export function uuidParamsOf(handler: object): readonly string[] {
  return (Reflect.getMetadata(UUID_PARAMS, handler) as string[] | undefined) ?? [];
}
