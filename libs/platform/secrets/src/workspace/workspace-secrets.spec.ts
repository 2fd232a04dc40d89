import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { uuidv7 } from '#common';
import { StorageKeyStore } from '#platform/key-store';
import { LocalStorage } from '#platform/storage';
import { SecretUnreadableError, WorkspaceKeyMissingError } from '../secrets.errors.js';
import { WorkspaceSecrets } from './workspace-secrets.js';

describe('WorkspaceSecrets', () => {
  const store = new StorageKeyStore(new LocalStorage(mkdtempSync(join(tmpdir(), 'baya-keys-'))), '');
  const secrets = new WorkspaceSecrets(store);

  it('should encrypt for one workspace and no other', async () => {
    const [mine, other] = [uuidv7(), uuidv7()];
    const publicKey = await secrets.createKeyPair(mine);
    await secrets.createKeyPair(other);
    const cipher = secrets.encrypt(mine, publicKey, 'sk-123');

    expect(cipher).not.toContain('sk-123');
    expect(await secrets.decrypt(mine, cipher)).toBe('sk-123');
    expect(await new WorkspaceSecrets(store).decrypt(mine, cipher)).toBe('sk-123');
    await expect(secrets.decrypt(other, cipher)).rejects.toThrow(SecretUnreadableError);
  });

  it('should keep the private key in the form that Dify reads', async () => {
    const tenant = uuidv7();
    const publicKey = await secrets.createKeyPair(tenant);

    expect(publicKey).toMatch(/^-----BEGIN PUBLIC KEY-----/);
    expect(await store.read(tenant)).toMatch(/^-----BEGIN RSA PRIVATE KEY-----/);
  });

  it('should read nothing without the private key', async () => {
    const tenant = uuidv7();
    const cipher = secrets.encrypt(tenant, await secrets.createKeyPair(tenant), 'x');
    await secrets.forget(tenant);

    await expect(secrets.decrypt(tenant, cipher)).rejects.toThrow(WorkspaceKeyMissingError);
  });
});
