import { FileValue, isStoredFile } from '../values/file-value.js';

/** The files among a node's outputs, and in lists among them, in their wire form. */
export function filesOf(outputs: Readonly<Record<string, unknown>>): unknown[] {
  return Object.values(outputs).flatMap((value) =>
    Array.isArray(value) ? (value as unknown[]).filter(isFile) : isFile(value) ? [value] : [],
  );
}

function isFile(value: unknown): boolean {
  return value instanceof FileValue || isStoredFile(value);
}

/** Resources of all retrievals of a run: each document once, numbered anew from 1 (contract workflow-engine 9.5). */
export function mergedResources(resources: readonly Readonly<Record<string, unknown>>[]): Record<string, unknown>[] {
  const seen = new Map<string, Record<string, unknown>>();
  for (const resource of resources) {
    const key = JSON.stringify([resource.dataset_id, resource.document_id]);
    if (!seen.has(key)) seen.set(key, { ...resource, position: seen.size + 1 });
  }
  return [...seen.values()];
}
