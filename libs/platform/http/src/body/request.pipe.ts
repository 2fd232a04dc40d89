import { type ArgumentMetadata, Injectable, type PipeTransform } from '@nestjs/common';
import { validateSync, type ValidationError } from 'class-validator';
import { InvalidParamError, isJsonObject } from '#common';
import { UnsupportedMediaTypeError } from '../errors/http.errors.js';
import { type DtoClass, fieldKindsOf } from './coercion.js';
import { isOptionalBody } from './optional-body.decorator.js';
import { toInstance } from './to-instance.js';
import { EmptyBody, UnreadableBody } from './unreadable-body.js';
import { keepValidationMetadata } from './validation-metadata.js';

/** Rules about the type of a value; where one is broken, lengths and bounds mean nothing. */
const TYPE_RULES = ['isString', 'isInt', 'isNumber', 'isBoolean', 'isObject', 'isArray'] as const;
const PLAIN_TYPES = new Set<unknown>([undefined, Object, String, Number, Boolean, Array, Buffer, Promise]);

/** Turns bodies and queries into checked instances of their request classes (contract service-and-web-api 4.1). */
@Injectable()
export class RequestPipe implements PipeTransform {
  constructor() {
    keepValidationMetadata();
  }

  transform(value: unknown, { type, metatype, data }: ArgumentMetadata): unknown {
    if (type !== 'body' && type !== 'query') return value;
    if (value instanceof UnreadableBody) {
      if (value instanceof EmptyBody && isOptionalBody(metatype ?? Object)) return this.transform({}, { type, metatype, data });
      throw value.error;
    }
    if (data !== undefined || PLAIN_TYPES.has(metatype)) return value;
    if (type === 'query') return checked(metatype as DtoClass, firstValues(metatype as DtoClass, value as Record<string, unknown>));
    return this.body(metatype as DtoClass, value);
  }

  private body(type: DtoClass, value: unknown): object {
    const isAbsent = value === undefined || value === null;
    if (isAbsent && isOptionalBody(type)) return checked(type, {});
    if (value === undefined) throw new UnsupportedMediaTypeError();
    if (!isJsonObject(value)) throw new InvalidParamError('The body must be a JSON object.');
    return checked(type, value);
  }
}

/** One value a query key, the first, unless its field is a list. */
function firstValues(type: DtoClass, query: Record<string, unknown>): Record<string, unknown> {
  const kinds = fieldKindsOf(type);
  const values: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(query)) {
    const kind = kinds.get(key);
    if (kind === undefined) continue;
    if (kind === 'list') values[key] = Array.isArray(value) ? value : [value];
    else values[key] = Array.isArray(value) ? (value as unknown[])[0] : value;
  }
  return values;
}

function checked(type: DtoClass, plain: Record<string, unknown>): object {
  const instance = toInstance(type, plain);
  const errors = validateSync(instance, { whitelist: true, forbidUnknownValues: false, validationError: { target: false, value: false } });
  if (errors.length > 0) throw new InvalidParamError(messageOf(errors));
  return instance;
}

function messageOf(errors: readonly ValidationError[], path = ''): string {
  const lines = errors.flatMap((error) => {
    const field = path === '' ? error.property : `${path}.${error.property}`;
    const own = complaintsOf(error).map((text) => (path === '' ? text : `${path}.${text}`));
    return error.children?.length ? [...own, messageOf(error.children, field)] : own;
  });
  return lines.join('\n');
}

/** A value of the wrong type is told so, and nothing else about it. */
function complaintsOf({ constraints = {} }: ValidationError): string[] {
  const rule = TYPE_RULES.find((name) => constraints[name] !== undefined);
  return rule === undefined ? Object.values(constraints) : [constraints[rule] ?? ''];
}
