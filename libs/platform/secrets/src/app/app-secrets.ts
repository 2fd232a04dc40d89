import { createCipheriv, createDecipheriv, createHmac, createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto';
import { errors, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import { SecretUnreadableError, TokenError } from '../secrets.errors.js';

const ALGORITHM = 'HS256';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const SEAL_VERSION = 'v1.';

/** Claims of a verified token. */
export type TokenClaims = JWTPayload;

/** What is signed, hashed and sealed with the installation's one secret. Each use has a key of its own, but for tokens, whose key is given by the contract. */
export class AppSecrets {
  private readonly tokenKey: KeyObject;
  private readonly hashKey: Buffer;
  private readonly sealKey: Buffer;

  constructor(
    /** SECRET_KEY, or the generated one. Never log it. */
    readonly secretKey: string,
  ) {
    this.tokenKey = createSecretKey(Buffer.from(secretKey, 'utf8'));
    this.hashKey = this.derive('baya/token-hash/v1');
    this.sealKey = this.derive('baya/token-seal/v1');
  }

  /** Keyed hash of a token, for a unique look-up column: 64 hex digits. */
  hmac(text: string): string {
    return createHmac('sha256', this.hashKey).update(text).digest('hex');
  }

  /** Encrypts a token that has to be shown again (AES-256-GCM). `context` has to be given again to open it; use the row's id. */
  seal(text: string, context = ''): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.sealKey, nonce).setAAD(Buffer.from(context));
    const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return `${SEAL_VERSION}${Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url')}`;
  }

  /** Decrypts what `seal` made. Throws `SecretUnreadableError` (400) when SECRET_KEY or context are others. */
  open(sealed: string, context = ''): string {
    try {
      const data = Buffer.from(sealed.slice(SEAL_VERSION.length), 'base64url');
      const decipher = createDecipheriv('aes-256-gcm', this.sealKey, data.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
      decipher.setAAD(Buffer.from(context)).setAuthTag(data.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      return decipher.update(data.subarray(NONCE_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
    } catch (cause) {
      throw new SecretUnreadableError(cause);
    }
  }

  /** Signs a JWT with the raw secret, as Dify does (contract console-accounts 2.2). Without `expiresInSeconds` it never expires. */
  async signJwt(claims: TokenClaims, options: { expiresInSeconds?: number } = {}): Promise<string> {
    const token = new SignJWT(claims).setProtectedHeader({ alg: ALGORITHM, typ: 'JWT' });
    if (options.expiresInSeconds !== undefined) token.setExpirationTime(Math.floor(Date.now() / 1000) + options.expiresInSeconds);
    return token.sign(this.tokenKey);
  }

  /** Claims of a JWT. Throws `TokenError` (401) with the contract's message when it is expired, signed by another, or none. */
  async verifyJwt(token: string): Promise<TokenClaims> {
    try {
      return (await jwtVerify(token, this.tokenKey, { algorithms: [ALGORITHM] })).payload;
    } catch (error) {
      if (error instanceof errors.JWTExpired) throw TokenError.expired();
      if (error instanceof errors.JWSSignatureVerificationFailed) throw TokenError.wrongSignature();
      throw TokenError.malformed();
    }
  }

  private derive(purpose: string): Buffer {
    return Buffer.from(hkdfSync('sha256', this.secretKey, 'baya', purpose, KEY_BYTES));
  }
}
