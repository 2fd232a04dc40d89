import type { FastifyReply, FastifyRequest } from 'fastify';

/** A request, as `@Req()` gives it. */
export type HttpRequest = FastifyRequest;

/** An answer in the making, as `@Res({ passthrough: true })` gives it. */
export type HttpReply = FastifyReply;
