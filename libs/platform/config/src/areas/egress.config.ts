import { Env } from '../env.js';
import { integer, list } from '../schemas.js';

/** What may be reached on behalf of users. */
export class EgressConfig {
  /**
   * Addresses that requests to user-given URLs may reach although they are private, comma separated: `10.0.0.0/8`, `intranet.example`,
   * `intranet.example:8080`, `[fd00::1]:9000`. Link-local and metadata addresses stay closed unless they are named here.
   */
  @Env('EGRESS_ALLOW', list()) allow: string[] = [];
  /** Most connections to one origin. A call to a model holds one for as long as it streams. */
  @Env('EGRESS_MAX_CONNECTIONS', integer(1, 100_000)) maxConnections = 2048;
  /** Longest time until a connection is established. Unit: milliseconds. */
  @Env('EGRESS_CONNECT_TIMEOUT_MS', integer(10, 120_000)) connectTimeoutMs = 10_000;
  /** Longest wait for the headers of an answer when the caller names none. Unit: milliseconds. */
  @Env('EGRESS_HEADERS_TIMEOUT_MS', integer(10, 3_600_000)) headersTimeoutMs = 300_000;
  /** Longest pause within a body when the caller names none. Unit: milliseconds. */
  @Env('EGRESS_BODY_TIMEOUT_MS', integer(10, 3_600_000)) bodyTimeoutMs = 300_000;
}
