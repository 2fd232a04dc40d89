import { type INestApplicationContext, RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { ModulesContainer } from '@nestjs/core';
import type { Access } from '../access/access.js';
import { AUDIENCE } from './controllers.decorators.js';
import { type ControllerClass, routePlanOf } from './route-plan.js';
import type { Audience } from './surfaces.js';

/** One route of the application. */
export interface RouteInfo {
  /** `GET`, `POST`, ... */
  method: string;
  /** With parameters as `:name`, such as `/console/api/apps/:app_id`. */
  path: string;
  audience: Audience;
  /** Null when the route does not say who may call it; such an application does not start. */
  access: Access | null;
  /** Path parameters that must be UUIDs. */
  uuidParams: readonly string[];
  /** Name of the controller class. */
  controller: string;
  /** Name of its method. */
  handler: string;
}

/** A controller's method that is a route, with its function. */
export interface RouteHandler extends RouteInfo {
  controllerClass: ControllerClass;
  handlerFunction: object;
}

/** All routes of an application, sorted by path and method. Works in preview mode too: nothing is instantiated. */
export function listRouteHandlers(app: INestApplicationContext): RouteHandler[] {
  const classes = new Set<ControllerClass>();
  for (const module of app.get(ModulesContainer).values()) {
    for (const { metatype } of module.controllers.values())
      if (typeof metatype === 'function') classes.add(metatype as unknown as ControllerClass);
  }
  const routes = [...classes].flatMap(routesOf);
  return routes.sort((a, b) => (a.path === b.path ? a.method.localeCompare(b.method) : a.path < b.path ? -1 : 1));
}

/** The inventory of routes: for snapshots, the role matrix and the test with two workspaces. */
export function listRoutes(app: INestApplicationContext): RouteInfo[] {
  return listRouteHandlers(app).map(({ controllerClass: _, handlerFunction: __, ...info }) => info);
}

/** Refuses an application with a route that does not say who may call it, or whose controller names no audience. */
export function verifyRoutes(app: INestApplicationContext): void {
  const problems = listRouteHandlers(app).flatMap((route) => {
    const where = `${route.method} ${route.path} (${route.controller}.${route.handler})`;
    if (Reflect.getMetadata(AUDIENCE, route.controllerClass) === undefined)
      return [`${where}: the class needs @ConsoleController, @ServiceController or another one by audience`];
    return route.access === null ? [`${where}: add @Public(), @ConsoleAccess(), @AppKeyAccess() or another access declaration`] : [];
  });
  if (problems.length > 0)
    throw new Error(`Routes that do not say who may call them:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
}

function routesOf(controller: ControllerClass): RouteHandler[] {
  const bases = [Reflect.getMetadata(PATH_METADATA, controller) as string | string[]].flat();
  return methodNamesOf(controller).flatMap((handler) => {
    const handlerFunction = (controller.prototype as Record<string, object>)[handler] as object;
    const verb = Reflect.getMetadata(METHOD_METADATA, handlerFunction) as RequestMethod | undefined;
    if (verb === undefined) return [];
    const plan = routePlanOf(controller, handlerFunction);
    const tails = [Reflect.getMetadata(PATH_METADATA, handlerFunction) as string | string[]].flat();
    return bases.flatMap((base) =>
      tails.map((tail) => ({
        method: RequestMethod[verb],
        path: `/${base}/${tail}`.replace(/\/{2,}/g, '/').replace(/(.)\/$/, '$1'),
        audience: plan.audience,
        access: plan.access,
        uuidParams: plan.uuidParams,
        controller: controller.name,
        handler,
        controllerClass: controller,
        handlerFunction,
      })),
    );
  });
}

function methodNamesOf(controller: ControllerClass): string[] {
  const names = new Set<string>();
  for (let at = controller.prototype as object; at !== Object.prototype; at = Object.getPrototypeOf(at) as object) {
    for (const [name, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(at)))
      if (name !== 'constructor' && typeof descriptor.value === 'function') names.add(name);
  }
  return [...names];
}
