import { fieldSchemasOf } from '../api.decorators.js';
import type { Schema } from './document.types.js';

/** Facts of DTO fields by class, as the generator wrote them. */
export type ModelFacts = [imported: Promise<Record<string, unknown>>, classes: Record<string, Record<string, Record<string, unknown>>>];

/** The metadata that the generator wrote: what types and comments say. */
export type PluginMetadata = () => Promise<Record<string, unknown>>;

const TYPED = ['type', 'enum', 'oneOf', 'anyOf', 'allOf', '$ref'];

/** The classes of the metadata with their fields. */
export async function modelsOf(metadata: PluginMetadata): Promise<ModelFacts[]> {
  const { '@nestjs/swagger': swagger } = (await metadata()) as { '@nestjs/swagger': { models: ModelFacts[] } };
  return swagger.models;
}

/** The generator leaves out the type of a field that is always null. */
export function withNullTypes(metadata: PluginMetadata): PluginMetadata {
  return async () => {
    const all = await metadata();
    for (const [, classes] of await modelsOf(() => Promise.resolve(all))) {
      for (const fields of Object.values(classes))
        for (const field of Object.values(fields)) if (!TYPED.some((key) => key in field)) field.type = 'null';
    }
    return all;
  };
}

/** Puts the schemas that fields carry in the place of the generated ones. */
export async function applyFieldSchemas(schemas: Record<string, Schema>, metadata: PluginMetadata): Promise<void> {
  for (const [imported, classes] of await modelsOf(metadata)) {
    const exported = await imported;
    for (const name of Object.keys(classes)) {
      const type = exported[name];
      const { properties } = schemas[name] ?? {};
      if (typeof type !== 'function' || !properties) continue;
      for (const [field, schema] of Object.entries(fieldSchemasOf(type.prototype as object))) {
        const { description, example } = properties[field] ?? {};
        properties[field] = { ...schema, ...(description !== undefined && { description }), ...(example !== undefined && { example }) };
      }
    }
  }
}

/** Two classes of one name would be one schema. */
export async function duplicateNames(metadata: PluginMetadata): Promise<string[]> {
  const seen = new Map<string, string>();
  return (await modelsOf(metadata)).flatMap(([, classes]) =>
    Object.entries(classes).flatMap(([name, fields]) => {
      const shape = JSON.stringify(fields, (_, value: unknown) => (typeof value === 'function' ? value.toString() : value));
      const other = seen.get(name);
      seen.set(name, shape);
      return other !== undefined && other !== shape ? [`${name}: two classes of this name have different fields; rename one`] : [];
    }),
  );
}
