import { Env } from '../env.js';
import { integer, list } from '../schemas.js';

/** How the HTTP server takes requests and when it refuses them. */
export class HttpConfig {
  /** Origins that may call the console API with cookies, comma separated; `*` means any. Empty: the origin of CONSOLE_WEB_URL. */
  @Env('CONSOLE_CORS_ALLOW_ORIGINS', list()) consoleOrigins: string[] = [];
  /** Origins that may call the web app API with cookies, comma separated; `*` means any. */
  @Env('WEB_API_CORS_ALLOW_ORIGINS', list()) webOrigins: string[] = ['*'];
  /** Largest JSON body; a larger one is 413. Unit: bytes. */
  @Env('HTTP_BODY_LIMIT', integer(1024, 1_073_741_824)) bodyLimit = 15 * 1024 * 1024;
  /** Largest multipart form, all its parts together; a larger one is 413. Unit: bytes. */
  @Env('HTTP_UPLOAD_LIMIT', integer(1024, 10_737_418_240)) uploadLimit = 115 * 1024 * 1024;
  /** Longest time a request may take to arrive as a whole; later it is 408. Unit: milliseconds. */
  @Env('HTTP_REQUEST_TIMEOUT_MS', integer(100, 3_600_000)) requestTimeoutMs = 120_000;
  /** Longest time the headers of a request may take to arrive. Unit: milliseconds. */
  @Env('HTTP_HEADERS_TIMEOUT_MS', integer(100, 600_000)) headersTimeoutMs = 20_000;
  /** How long an idle connection is kept open. Unit: milliseconds. */
  @Env('HTTP_KEEP_ALIVE_TIMEOUT_MS', integer(0, 3_600_000)) keepAliveTimeoutMs = 72_000;
  /** Most requests in progress in this process, streams included; above it new ones are 503. */
  @Env('HTTP_MAX_IN_FLIGHT', integer(1, 1_000_000)) maxInFlight = 10_000;
  /** Event loop lag above which new requests are 503 until it is lower; 0 never refuses. Unit: milliseconds. */
  @Env('HTTP_MAX_EVENT_LOOP_LAG_MS', integer(0, 60_000)) maxEventLoopLagMs = 250;
  /** Longest time one readiness probe may take before it counts as failed. Unit: milliseconds. */
  @Env('READINESS_TIMEOUT_MS', integer(10, 60_000)) readinessTimeoutMs = 3000;
}
