import { Env } from '../env.js';
import { flag, integer, text } from '../schemas.js';

/** Secrets of the installation, and how long sessions last. */
export class SecurityConfig {
  /** Signs tokens and links, and keys are derived from it. Unset: made at the first start and kept in DATA_DIR/secrets. */
  @Env('SECRET_KEY', text(), { secret: true }) secretKey?: string;
  /** Password that has to be given before the first set-up. Empty: none is asked for. At most 30 characters. */
  @Env('INIT_PASSWORD', text(), { secret: true }) initPassword?: string;
  /** Whether ADMIN_API_KEY opens the console API for any workspace, and the list of all workspaces. */
  @Env('ADMIN_API_KEY_ENABLE', flag()) adminApiKeyEnabled = false;
  /** Key that acts as the owner of the workspace named by the X-WORKSPACE-ID header. */
  @Env('ADMIN_API_KEY', text(), { secret: true }) adminApiKey?: string;
  /** How long a console session lasts without being refreshed. Unit: minutes. */
  @Env('ACCESS_TOKEN_EXPIRE_MINUTES', integer(1, 525_600)) accessTokenMinutes = 60;
  /** How long a console session can be refreshed. Unit: days. */
  @Env('REFRESH_TOKEN_EXPIRE_DAYS', integer(1, 3650)) refreshTokenDays = 30;
  /** How long an address is locked after too many wrong passwords. Unit: seconds. */
  @Env('LOGIN_LOCKOUT_DURATION', integer(1, 31_536_000)) loginLockoutSeconds = 86_400;
  /** Domain of the console's cookies, when console and API are on two hosts of one domain. Empty: the API's host. */
  @Env('COOKIE_DOMAIN', text()) cookieDomain = '';
}
