import { Injectable } from '@nestjs/common';
import { SecurityConfig } from '#platform/config';
import { AppSecrets, TokenError } from '#platform/secrets';
import { AlreadySetUpError, InitPasswordWrongError } from '../auth.errors.js';
import { isSameText } from './constant-time.js';
import { PasswordThrottle } from './password-throttle.js';
import { SetupService } from './setup.service.js';

const SUBJECT = 'init';

/** INIT_PASSWORD: what has to be given before the first set-up of an installation that others can reach (contract console-accounts 3.1). */
@Injectable()
export class InitValidation {
  /** How long a validation holds. Unit: seconds. */
  readonly lifetimeSeconds = 3600;

  constructor(
    private readonly config: SecurityConfig,
    private readonly secrets: AppSecrets,
    private readonly setup: SetupService,
    private readonly throttle: PasswordThrottle,
  ) {}

  /** Whether the caller, whose validation cookie is given, still has to say the init password. */
  async isOwed(cookie: string | undefined): Promise<boolean> {
    if (!this.config.initPassword || (await this.setup.isFinished())) return false;
    return !(await this.isValidated(cookie));
  }

  /** Checks the init password and gives the value of the validation cookie. Throws 403 `already_setup`, 401 `init_validate_failed`, 429. */
  async validate(password: string, ip: string): Promise<string> {
    if (await this.setup.isClosed()) throw new AlreadySetUpError();
    await this.throttle.admitInit(ip);
    if (!this.config.initPassword || !isSameText(this.secrets.hmac(password), this.secrets.hmac(this.config.initPassword)))
      throw new InitPasswordWrongError();
    return this.secrets.signJwt({ sub: SUBJECT, is_init_validated: true }, { expiresInSeconds: this.lifetimeSeconds });
  }

  private async isValidated(cookie: string | undefined): Promise<boolean> {
    if (!cookie) return false;
    try {
      const claims = await this.secrets.verifyJwt(cookie);
      return claims.sub === SUBJECT && claims.is_init_validated === true;
    } catch (error) {
      if (error instanceof TokenError) return false;
      throw error;
    }
  }
}
