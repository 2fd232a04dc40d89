/** Where the private key of each workspace is kept, apart from the database, so that a copy of the rows opens no credential. */
export abstract class KeyStore {
  /** The private key of a workspace as PEM; null when there is none. */
  abstract read(tenantId: string): Promise<string | null>;

  /** Keeps the private key of a workspace; an older one is replaced. */
  abstract write(tenantId: string, pem: string): Promise<void>;

  /** Removes the private key of a workspace; fine when there is none. */
  abstract delete(tenantId: string): Promise<void>;
}
