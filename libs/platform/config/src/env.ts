import 'reflect-metadata';
import type { ZodType } from 'zod';

/** How a field of a configuration class is filled. */
export interface EnvField {
  /** Property of the class. */
  property: string;
  /** Environment variables that fill it; the first one that is set wins. */
  names: readonly string[];
  /** Turns the variable's text into the value, or says what is wrong with it. */
  schema: ZodType;
  /** Whether the value is never printed, and may come from the file that `<NAME>_FILE` names. */
  secret: boolean;
}

/** A class whose fields carry {@link Env}; made without arguments, its initialisers are the defaults. */
export type ConfigClass<T extends object = object> = new () => T;

const FIELDS = Symbol('baya:env-fields');

/** Fills a field of a configuration class from the environment. A field without initialiser is undefined when unset. */
export function Env(names: string | readonly string[], schema: ZodType, options: { secret?: boolean } = {}): PropertyDecorator {
  return (target, property) => {
    const own = (Reflect.getOwnMetadata(FIELDS, target) as EnvField[] | undefined) ?? [];
    const field = {
      property: String(property),
      names: typeof names === 'string' ? [names] : names,
      schema,
      secret: options.secret ?? false,
    };
    Reflect.defineMetadata(FIELDS, [...own, field], target);
  };
}

/** The fields of a configuration class in the order of their declaration. */
export function envFieldsOf(type: ConfigClass): readonly EnvField[] {
  return (Reflect.getOwnMetadata(FIELDS, type.prototype as object) as EnvField[] | undefined) ?? [];
}
