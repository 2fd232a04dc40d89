import { mkdtempSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadSecretKey, SecretKeyFileError } from './load-secret-key.js';

const newDirectory = (): string => mkdtempSync(join(tmpdir(), 'baya-secret-'));

describe('loadSecretKey', () => {
  it('should make a long secret once and keep it', () => {
    const dataDir = newDirectory();
    const secret = loadSecretKey(dataDir);

    expect(secret.length).toBeGreaterThan(50);
    expect(loadSecretKey(dataDir)).toBe(secret);
    expect(loadSecretKey(newDirectory())).not.toBe(secret);
  });

  it('should keep it for the owner of the process only, and nothing beside it', () => {
    const dataDir = newDirectory();
    loadSecretKey(dataDir);

    expect(readdirSync(join(dataDir, 'secrets'))).toEqual(['secret-key']);
    expect(statSync(join(dataDir, 'secrets/secret-key')).mode & 0o777).toBe(0o600);
    expect(statSync(join(dataDir, 'secrets')).mode & 0o777).toBe(0o700);
  });

  it('should refuse an empty file instead of making another secret', () => {
    const dataDir = newDirectory();
    loadSecretKey(dataDir);
    writeFileSync(join(dataDir, 'secrets/secret-key'), '\n');

    expect(() => loadSecretKey(dataDir)).toThrow(SecretKeyFileError);
  });
});
