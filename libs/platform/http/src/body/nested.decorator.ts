import 'reflect-metadata';
import { IsArray, IsObject, ValidateNested } from 'class-validator';
import type { DtoClass } from './coercion.js';

const NESTED = Symbol('baya:nested');

type NestedTypes = Readonly<Record<string, () => DtoClass>>;

/** Marks a DTO field that holds an object of another DTO class or, as its type says, a list of such: they become instances of it and are checked. */
export function Nested(type: () => DtoClass): PropertyDecorator {
  return (target, property) => {
    const isList = Reflect.getMetadata('design:type', target, property) === Array;
    (isList ? IsArray() : IsObject())(target, property);
    ValidateNested()(target, property);
    Reflect.defineMetadata(NESTED, { ...nestedTypesOf(target.constructor), [property]: type }, target);
  };
}

/** The classes of the nested fields of a DTO class, inherited ones included. */
export function nestedTypesOf(type: object): NestedTypes {
  return (Reflect.getMetadata(NESTED, (type as { prototype: object }).prototype) as NestedTypes | undefined) ?? {};
}
