import { applyDecorators, Controller, RequestMethod, SetMetadata } from '@nestjs/common';
import { HTTP_CODE_METADATA, METHOD_METADATA } from '@nestjs/common/constants.js';
import { type Audience, surfaces } from './surfaces.js';

/** Metadata key of a controller's audience. */
export const AUDIENCE = 'baya:audience';
/** Metadata key of a controller's options. */
export const CONTROLLER_OPTIONS = 'baya:controller-options';

/** What a controller may ask of the HTTP layer. */
export interface ApiControllerOptions {
  /** Section of the API documentation; the last word of the class name's audience prefix by default. */
  tag?: string;
  /** `with-error-object`: errors also carry `error: {type, message, status}` and wrong fields are 422, as on the set-up routes (contract console-accounts 3.1). Default `plain`. */
  errors?: 'plain' | 'with-error-object';
}

/** Dify answers a POST with 200 unless a route says otherwise; Nest's own default is 201. */
function answerPostsWith200(target: { prototype: object }): void {
  for (const name of Object.getOwnPropertyNames(target.prototype)) {
    const handler: unknown = Object.getOwnPropertyDescriptor(target.prototype, name)?.value;
    if (typeof handler !== 'function' || Reflect.getMetadata(METHOD_METADATA, handler) !== RequestMethod.POST) continue;
    if (Reflect.getMetadata(HTTP_CODE_METADATA, handler) === undefined) Reflect.defineMetadata(HTTP_CODE_METADATA, 200, handler);
  }
}

function controllerOf(audience: Audience) {
  return (path: string | string[] = '', options: ApiControllerOptions = {}): ClassDecorator => {
    const paths = (Array.isArray(path) ? path : [path]).map((tail) => `${surfaces[audience].prefix}/${tail}`.replace(/\/{2,}/g, '/'));
    const base = applyDecorators(Controller(paths), SetMetadata(AUDIENCE, audience), SetMetadata(CONTROLLER_OPTIONS, options));
    return (target) => {
      base(target);
      answerPostsWith200(target);
    };
  };
}

/** `/console/api/...`: what Dify's web console calls. */
export const ConsoleController = controllerOf('console');
/** `/v1/...`: the service API, called with API keys. */
export const ServiceController = controllerOf('service');
/** `/api/...`: what published web apps call. */
export const WebController = controllerOf('web');
/** `/files/...`: signed file links. */
export const FilesController = controllerOf('files');
/** `/inner/api/...`: other parts of the installation. */
export const InnerController = controllerOf('inner');
/** `/mcp/...`: apps as MCP servers. */
export const McpController = controllerOf('mcp');
/** `/triggers/...`: webhooks from outside. */
export const TriggersController = controllerOf('triggers');
/** `/...`: the process itself (health, docs, start page). */
export const RootController = controllerOf('root');
