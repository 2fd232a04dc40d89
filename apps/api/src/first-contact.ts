import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DemoService } from '#features/demo';
import { ServerConfig } from '#platform/config';

/** What a first visitor needs; also in `DATA_DIR/first-contact.json`. */
export interface FirstContact {
  /** Base address of the API. */
  api: string;
  /** The API in a browser. */
  docs: string;
  /** Key of the demo app; null without a demo. */
  key: string | null;
  /** A line that streams an answer; null without a demo. */
  curl: string | null;
}

/** Says where the API is, and writes the same to a file that only the owner reads. */
export async function makeFirstContact(app: NestFastifyApplication): Promise<FirstContact> {
  const api = (await app.getUrl()).replace('[::1]', '127.0.0.1');
  const key = app.get(DemoService).describe()?.key ?? null;
  const contact: FirstContact = { api, docs: `${api}/docs`, key, curl: key === null ? null : curlLine(api, key) };
  const { dataDir } = app.get(ServerConfig);
  // On databases of its own, with a key from the environment, nothing has needed the directory yet.
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  writeFileSync(join(dataDir, 'first-contact.json'), `${JSON.stringify(contact, null, 2)}\n`, { mode: 0o600 });
  process.stdout.write(bannerOf(contact));
  return contact;
}

function curlLine(api: string, key: string): string {
  const body = JSON.stringify({ inputs: {}, query: 'Hello, Baya!', response_mode: 'streaming', user: 'me' });
  return `curl -N ${api}/v1/chat-messages -H 'Authorization: Bearer ${key}' -H 'Content-Type: application/json' -d '${body}'`;
}

function bannerOf({ api, docs, key, curl }: FirstContact): string {
  const demo = key === null ? [] : [`  Demo key  ${key}`, '', '  Stream an answer:', `  ${curl ?? ''}`];
  return ['', '  Baya is ready.', '', `  API       ${api}`, `  Docs      ${docs}`, ...demo, '', ''].join('\n');
}
