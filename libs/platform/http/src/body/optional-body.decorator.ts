import 'reflect-metadata';

const OPTIONAL_BODY = Symbol('baya:optional-body');

/** Marks a request DTO whose body may be left out altogether; it then counts as `{}`. */
export function OptionalBody(): ClassDecorator {
  return (target) => Reflect.defineMetadata(OPTIONAL_BODY, true, target);
}

/** Whether a missing body of this DTO counts as `{}`. */
export function isOptionalBody(type: object): boolean {
  return Reflect.getMetadata(OPTIONAL_BODY, type) === true;
}
