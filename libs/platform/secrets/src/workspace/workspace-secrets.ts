import { createPrivateKey, generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { Injectable } from '@nestjs/common';
import { KeyStore } from '#platform/key-store';
import { WorkspaceKeyMissingError } from '../secrets.errors.js';
import { decryptHybrid, encryptHybrid } from './hybrid-cipher.js';

const RSA_BITS = 2048;
const CACHED_KEYS = 500;
const CACHE_MS = 120_000;

interface CachedKey {
  key: KeyObject;
  bytes: number;
  until: number;
}

/**
 * Credentials of a workspace, encrypted with its public key (column `tenants.encrypt_public_key`) and decrypted with the private key
 * in the key store (contract console-accounts 2.1). Decrypting costs about a millisecond of CPU: callers keep what they need often.
 */
@Injectable()
export class WorkspaceSecrets {
  private readonly keys = new Map<string, CachedKey>();

  constructor(private readonly keyStore: KeyStore) {}

  /**
   * Makes the key pair of a new workspace, puts the private key into the key store and gives the public key as PEM. Call it before the
   * transaction that makes the workspace (it takes 0.1 to 0.5 s), and `forget` when that fails.
   */
  async createKeyPair(tenantId: string): Promise<string> {
    const { publicKey, privateKey } = await promisify(generateKeyPair)('rsa', {
      modulusLength: RSA_BITS,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    });
    await this.keyStore.write(tenantId, privateKey);
    this.keys.delete(tenantId);
    return publicKey;
  }

  /** Encrypts a text for a workspace. `publicKeyPem` is the workspace's column. */
  encrypt(_tenantId: string, publicKeyPem: string, plain: string): string {
    return encryptHybrid(publicKeyPem, plain);
  }

  /** Decrypts a text of a workspace. Throws `SecretUnreadableError` or `WorkspaceKeyMissingError` (both 400). */
  async decrypt(tenantId: string, cipher: string): Promise<string> {
    const { key, bytes } = await this.keyOf(tenantId);
    return decryptHybrid(key, bytes, cipher);
  }

  /** Removes the private key: nothing that was encrypted for the workspace can be read afterwards. */
  async forget(tenantId: string): Promise<void> {
    this.keys.delete(tenantId);
    await this.keyStore.delete(tenantId);
  }

  private async keyOf(tenantId: string): Promise<CachedKey> {
    const now = Date.now();
    const cached = this.keys.get(tenantId);
    if (cached && cached.until > now) return cached;
    const pem = await this.keyStore.read(tenantId);
    if (pem === null) throw new WorkspaceKeyMissingError();
    const key = createPrivateKey(pem);
    const loaded = { key, bytes: (key.asymmetricKeyDetails?.modulusLength ?? RSA_BITS) / 8, until: now + CACHE_MS };
    if (this.keys.size >= CACHED_KEYS) this.keys.delete(this.keys.keys().next().value as string);
    this.keys.delete(tenantId);
    this.keys.set(tenantId, loaded);
    return loaded;
  }
}
