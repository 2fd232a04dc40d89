import type { DynamicModule, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { type Audience, COMPATIBLE_VERSION, listRouteHandlers, type RouteHandler } from '#platform/http';
import { freeFormFields, MAX_FREE_FORM_FIELDS } from '../free-form-fields.js';
import { addExamples } from './add-examples.js';
import { closeObjects } from './close-objects.js';
import { describeRoute, extraModelsOf, nameEvents } from './describe-route.js';
import type { ApiDocument, Operation } from './document.types.js';
import { addBodyExample } from './example-of.js';
import { ERROR_SCHEMA, errorSchema } from './error-schema.js';
import { applyFieldSchemas, duplicateNames, type PluginMetadata, withNullTypes } from './plugin-metadata.js';
import { splitByAudience } from './split-documents.js';
import { tagOf } from './tag-of.js';

/** The documents, and what keeps them from being right. */
export interface BuiltDocuments {
  documents: Map<Audience, ApiDocument>;
  problems: string[];
}

/** Makes the API documents of a module. No provider is instantiated, so nothing needs to run. */
export async function buildDocuments(module: Type | DynamicModule, metadata: PluginMetadata): Promise<BuiltDocuments> {
  const app = await NestFactory.create<NestFastifyApplication>(module, new FastifyAdapter(), {
    preview: true,
    logger: ['error'],
    abortOnError: false,
  });
  await SwaggerModule.loadPluginMetadata(withNullTypes(metadata));
  const routes = listRouteHandlers(app);
  const extraModels = extraModelsOf(routes);
  const base = new DocumentBuilder().setOpenAPIVersion('3.1.0').build();
  const full = SwaggerModule.createDocument(app, base, {
    extraModels: extraModels as unknown as Type[],
    autoTagControllers: false,
  }) as unknown as ApiDocument;
  const { schemas } = full.components;
  schemas[ERROR_SCHEMA] = errorSchema();
  nameEvents(schemas, extraModels);
  await applyFieldSchemas(schemas, metadata);
  const problems = [...(await duplicateNames(metadata)), ...describeRoutes(full, routes), ...openObjects(full), ...addExamples(full)];
  if (freeFormFields.size > MAX_FREE_FORM_FIELDS)
    problems.push(`free-form-fields.ts names ${freeFormFields.size} fields; ${MAX_FREE_FORM_FIELDS} are the limit`);
  return { documents: splitByAudience(full, COMPATIBLE_VERSION), problems };
}

function describeRoutes(full: ApiDocument, routes: readonly RouteHandler[]): string[] {
  return routes.flatMap((route) => {
    const path = route.path.replace(/:(\w+)/g, '{$1}').replace(/\/\*(\w*)$/, (_, name: string) => `/{${name || 'path'}}`);
    const operation: Operation | undefined = full.paths[path]?.[route.method.toLowerCase()];
    if (!operation)
      return route.method === 'HEAD' || route.method === 'OPTIONS' ? [] : [`${route.method} ${route.path}: not in the document`];
    operation.tags = [tagOf(route.controllerClass)];
    describeRoute(operation, route);
    addBodyExample(operation, full.components.schemas);
    return operation.summary ? [] : [`${route.controller}.${route.handler}: a doc comment of one sentence is missing`];
  });
}

function openObjects(full: ApiDocument): string[] {
  const ofComponents = Object.entries(full.components.schemas).flatMap(([name, schema]) => closeObjects(schema, name));
  const ofOperations = Object.entries(full.paths).flatMap(([path, item]) =>
    Object.entries(item).flatMap(([method, operation]) => {
      const contents = [operation.requestBody?.content, ...Object.values(operation.responses).map(({ content }) => content)];
      return contents.flatMap((content) =>
        Object.values(content ?? {}).flatMap(({ schema }) => (schema ? closeObjects(schema, `${method.toUpperCase()} ${path}`) : [])),
      );
    }),
  );
  return [...ofComponents, ...ofOperations].map(
    (where) =>
      `${where}: an object of any shape; give it a class or @ApiField, or name the field in libs/platform/openapi/src/free-form-fields.ts`,
  );
}
