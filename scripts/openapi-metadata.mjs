// Writes apps/api/src/openapi.metadata.ts: what the types and doc comments of DTOs and controllers say (recipes 3).
import { dirname, join } from 'node:path';
import { PluginMetadataGenerator } from '@nestjs/cli/lib/compiler/plugins/plugin-metadata-generator.js';
import { ReadonlyVisitor } from '@nestjs/swagger/plugin';
import ts from 'typescript';
import { root } from './lib.mjs';

/** Where the metadata lies; git-ignored. */
export const metadataFile = join(root, 'apps/api/src/openapi.metadata.ts');

const SOURCE = /\/(?:apps|libs)\/.*\.ts$/;
const dtoFileNameSuffix = ['.request.ts', '.response.ts', '.query.ts', '.event.ts'];
const controllerFileNameSuffix = ['.controller.ts'];

/** The sources as one program. Their types are checked by `npm run typecheck`, not here. */
function program() {
  const configPath = join(root, 'tsconfig.json');
  const { config } = ts.readConfigFile(configPath, ts.sys.readFile);
  const { options, fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const sources = fileNames.filter((name) => SOURCE.test(name) && !name.endsWith('.spec.ts') && name !== metadataFile);
  return ts.createProgram(sources, options);
}

/** Generates the metadata of all DTOs and controllers. */
export function writeMetadata() {
  const pathToSource = dirname(metadataFile);
  const visitor = new ReadonlyVisitor({
    introspectComments: true,
    classValidatorShim: true,
    esmCompatible: true,
    dtoFileNameSuffix,
    controllerFileNameSuffix,
    pathToSource,
  });
  new PluginMetadataGenerator().generate({
    visitors: [visitor],
    outputDir: pathToSource,
    filename: 'openapi.metadata.ts',
    tsProgramRef: program(),
  });
}
