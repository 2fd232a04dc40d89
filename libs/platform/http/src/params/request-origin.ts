import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

const HOST = /^[\w.:[\]-]{1,255}$/;

/** Scheme and host under which the caller reached this server, such as `https://api.example.org`; proxy headers count for trusted proxies only. */
export function requestOrigin(request: Pick<FastifyRequest, 'protocol' | 'host'>): string {
  return HOST.test(request.host) ? `${request.protocol}://${request.host}` : `${request.protocol}://localhost`;
}

/** The caller's view of this server's address: a string, see {@link requestOrigin}. For links where no public address is configured. */
export const RequestOrigin = createParamDecorator((_: unknown, context: ExecutionContext): string =>
  requestOrigin(context.switchToHttp().getRequest<FastifyRequest>()),
);
