import { isJsonObject } from '#common';
import { fileFromJson, isStoredFile } from '../../values/file-value.js';
import type { WebhookSettings } from './webhook-settings.js';

type Entries = Readonly<Record<string, unknown>>;

/** The outputs of a call, as the author named them; what did not come is null (contract workflow-engine 7.25, models-agents-tools 19.1). */
export function webhookOutputs(settings: WebhookSettings, data: Entries): Record<string, unknown> {
  const outputs: Record<string, unknown> = {};
  const headers = byPlainName(entriesOf(data.headers));
  for (const { name } of settings.headers) outputs[name.replaceAll('-', '_')] = headers.get(plainName(name)) ?? null;
  const params = entriesOf(data.query_params);
  for (const { name } of settings.params) outputs[name] = ownValue(params, name);
  const body = entriesOf(data.body);
  const files = entriesOf(data.files);
  for (const { name, type } of settings.fields) outputs[name] = fieldOf(settings, { name, type, body, files });
  outputs._webhook_raw = data;
  return outputs;
}

function fieldOf({ body: kind }: WebhookSettings, field: { name: string; type: string; body: Entries; files: Entries }): unknown {
  const { name, type, body, files } = field;
  if (kind === 'text') return typeof body.raw === 'string' ? body.raw : '';
  if (kind === 'binary') return fileIn(body.raw ?? null);
  if (type === 'file') return fileIn(ownValue(files, name));
  return ownValue(body, name);
}

/** A file as values have it; stored JSON may hold its own form of one. */
function fileIn(value: unknown): unknown {
  return isStoredFile(value) ? fileFromJson(value) : value;
}

/** Headers have no case, and frameworks make underscores of their dashes. */
function byPlainName(entries: Entries): ReadonlyMap<string, unknown> {
  return new Map(Object.entries(entries).map(([name, value]) => [plainName(name), value]));
}

function plainName(name: string): string {
  return name.toLowerCase().replaceAll('-', '_');
}

function ownValue(entries: Entries, name: string): unknown {
  return Object.hasOwn(entries, name) ? (entries[name] ?? null) : null;
}

function entriesOf(value: unknown): Entries {
  return isJsonObject(value) ? value : {};
}
