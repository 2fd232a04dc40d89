import 'reflect-metadata';
import { Allow } from 'class-validator';

const FREE_FORM = Symbol('baya:free-form');

/** Deepest nesting of objects and lists in a request. */
export const MAX_JSON_DEPTH = 200;

/**
 * Marks a DTO field whose value is the caller's own JSON: it is put in untouched, and nothing looks into it. Add `@IsObject()`, `@IsOptional()` and the like beside it for its outer shape.
 */
export function FreeForm(): PropertyDecorator {
  return (target, property) => {
    Allow()(target, property);
    Reflect.defineMetadata(FREE_FORM, [...freeFormFieldsOf(target.constructor), String(property)], target);
  };
}

/** Names of the free-form fields of a DTO class, inherited ones included. */
export function freeFormFieldsOf(type: object): readonly string[] {
  return (Reflect.getMetadata(FREE_FORM, (type as { prototype: object }).prototype) as string[] | undefined) ?? [];
}
