import { RouteConfig } from '@nestjs/platform-fastify';

/** What a route says of its context; Fastify keeps it with the route. */
export interface AmbientContextConfig {
  /** Whether log lines find the ids of the request by themselves. Default true. */
  ambientContext?: boolean;
}

/** For the routes that run apps: no context is kept for the request, as keeping one costs more than the rest of the pipeline. Their log lines name the ids themselves. */
export const NoAmbientContext = (): MethodDecorator & ClassDecorator =>
  RouteConfig({ ambientContext: false } satisfies AmbientContextConfig);
