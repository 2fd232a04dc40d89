import { mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { uuidv7 } from '#common';
import { loadConfig, ServerConfig, StorageConfig } from '#platform/config';
import { type KeyStore, makeKeyStore } from '#platform/key-store';
import { S3Server } from '../../support/s3-server.js';

const makeFrom = (env: Record<string, string>): KeyStore => {
  const config = loadConfig(env);
  return makeKeyStore(config.get(StorageConfig), config.get(ServerConfig));
};

describe.each(['directory', 's3'] as const)('KeyStore on %s', (type) => {
  const server = new S3Server('keys', 'access', 'secret');
  const dataDir = mkdtempSync(join(tmpdir(), 'baya-keys-'));
  let store: KeyStore;

  beforeAll(async () => {
    const bucket = { S3_ENDPOINT: await server.start(), S3_BUCKET_NAME: 'keys', S3_ACCESS_KEY: 'access', S3_SECRET_KEY: 'secret' };
    store = makeFrom({ DATA_DIR: dataDir, KEY_STORE_TYPE: type, ...bucket });
  });
  afterAll(() => server.stop());

  it('should know no key of a new workspace', async () => {
    expect(await store.read(uuidv7())).toBeNull();
  });

  it('should keep one key a workspace, replace it and delete it', async () => {
    const [mine, other] = [uuidv7(), uuidv7()];
    await store.write(mine, 'first');
    await store.write(other, 'of another');
    await store.write(mine, 'second');

    expect([await store.read(mine), await store.read(other)]).toEqual(['second', 'of another']);
    await store.delete(mine);
    await store.delete(mine);
    expect([await store.read(mine), await store.read(other)]).toEqual([null, 'of another']);
  });

  it('should refuse a workspace id that is none', async () => {
    await expect(store.read('../../etc')).rejects.toThrow();
    await expect(store.write('x', 'pem')).rejects.toThrow();
  });

  it('should keep the key where Dify keeps it, for the owner of the process only', async () => {
    const tenant = uuidv7();
    await store.write(tenant, 'pem');

    if (type === 's3') expect(server.objects.get(`privkeys/${tenant}/private.pem`)?.bytes.toString()).toBe('pem');
    else expect(statSync(join(dataDir, 'privkeys', tenant, 'private.pem')).mode & 0o777).toBe(0o600);
  });
});
