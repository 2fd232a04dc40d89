import { Env } from '../env.js';
import { flag, httpUrl, integer, list, oneOf, text } from '../schemas.js';

/** What a process does: everything, answer HTTP, or work on jobs. */
export type ProcessRole = 'all' | 'api' | 'worker';

/** The process itself: where it listens, what it does, where it keeps its files. */
export class ServerConfig {
  /** Port of the HTTP API; 0 lets the system choose. Unit: TCP port. */
  @Env(['PORT', 'DIFY_PORT'], integer(0, 65_535)) port = 5001;
  /** Address to listen on. Set 0.0.0.0 to be reached from other machines. */
  @Env(['HOST', 'DIFY_BIND_ADDRESS'], text()) host = '127.0.0.1';
  /** Directory for everything that is kept: embedded database, uploads, keys, generated secrets. Relative to the working directory. */
  @Env('DATA_DIR', text()) dataDir = '.data';
  /** What this process does; `api` and `worker` need REDIS_URL. */
  @Env('ROLE', oneOf('all', 'api', 'worker')) role: ProcessRole = 'all';
  /** Whether the embedded start makes the demo workspace with its chat app and key. */
  @Env('DEMO', flag()) demo = true;
  /** Addresses or CIDRs of proxies whose X-Forwarded-For is believed, comma separated. Empty: nobody's. */
  @Env('TRUSTED_PROXIES', list()) trustedProxies: string[] = [];
  /** Public address of the console API, used in links and for the Secure flag of cookies. */
  @Env('CONSOLE_API_URL', httpUrl()) consoleApiUrl = '';
  /** Public address of the web console, used in links, CORS and for the Secure flag of cookies. */
  @Env('CONSOLE_WEB_URL', httpUrl()) consoleWebUrl = '';
  /** Public address of the service API; the request's host when empty. */
  @Env('SERVICE_API_URL', httpUrl()) serviceApiUrl = '';
  /** Public address of published web apps; the request's host when empty. */
  @Env('APP_WEB_URL', httpUrl()) appWebUrl = '';
  /** Public address under which signed file links are made; the request's host when empty. */
  @Env('FILES_URL', httpUrl()) filesUrl = '';
  /** Name of the deployment, sent as the X-Env header. */
  @Env('DEPLOY_ENV', text()) deployEnv = 'PRODUCTION';
  /** Longest time a stop may take until the process ends by force. Unit: milliseconds. */
  @Env('SHUTDOWN_TIMEOUT_MS', integer(1000, 600_000)) shutdownTimeoutMs = 20_000;
}
