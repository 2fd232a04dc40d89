import { registerDecorator } from 'class-validator';
import { isUuid } from '#common';

/** Checks that a text is a UUID of any version; with `orEmpty` an empty text passes too, as clients send it for "none". */
export function IsUuidText(options: { orEmpty?: boolean } = {}): PropertyDecorator {
  return (target, property) => {
    registerDecorator({
      name: 'isUuidText',
      target: target.constructor,
      propertyName: String(property),
      validator: {
        validate: (value: unknown) => isUuid(value) || (options.orEmpty === true && value === ''),
        defaultMessage: () => `${String(property)} must be a valid UUID`,
      },
    });
  };
}
