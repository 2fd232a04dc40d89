import type { DslDocument } from './dsl-document.js';
import { writeYaml } from './yaml/write-yaml.js';

/**
 * Writes a document as a file, in the form of Dify's exports (contract workflow-engine 1.1): read again it is an equal document. The whole content is written, as it is:
 * secrets are taken out by `redactDsl` before.
 */
export function writeDsl({ content }: Pick<DslDocument, 'content'>): string {
  return writeYaml(content);
}
