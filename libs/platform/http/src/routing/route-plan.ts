import 'reflect-metadata';
import { ACCESS } from '../access/access.decorators.js';
import type { Access } from '../access/access.js';
import { uuidParamsOf } from '../params/params.decorators.js';
import { type ApiControllerOptions, AUDIENCE, CONTROLLER_OPTIONS } from './controllers.decorators.js';
import type { Audience } from './surfaces.js';

/** What one route asks of its caller and how it answers; worked out once. */
export interface RoutePlan {
  /** Null when the route forgot to say. */
  access: Access | null;
  audience: Audience;
  uuidParams: readonly string[];
  errors: 'plain' | 'with-error-object';
}

/** A controller class. */
export type ControllerClass = abstract new (...args: never[]) => object;

const plans = new WeakMap<object, WeakMap<object, RoutePlan>>();

/** The plan of a controller's handler. A declaration on the handler wins over one on the class. */
export function routePlanOf(controller: ControllerClass, handler: object): RoutePlan {
  let ofController = plans.get(controller);
  if (!ofController) plans.set(controller, (ofController = new WeakMap<object, RoutePlan>()));
  let plan = ofController.get(handler);
  if (!plan) ofController.set(handler, (plan = readPlan(controller, handler)));
  return plan;
}

function readPlan(controller: ControllerClass, handler: object): RoutePlan {
  const declared = (Reflect.getMetadata(ACCESS, handler) ?? Reflect.getMetadata(ACCESS, controller)) as Access | undefined;
  const options = (Reflect.getMetadata(CONTROLLER_OPTIONS, controller) as ApiControllerOptions | undefined) ?? {};
  return {
    access: declared ?? null,
    audience: (Reflect.getMetadata(AUDIENCE, controller) as Audience | undefined) ?? 'root',
    uuidParams: uuidParamsOf(handler),
    errors: options.errors ?? 'plain',
  };
}
