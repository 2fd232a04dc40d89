import { Injectable } from '@nestjs/common';
import { RateLimits } from '#platform/bus';
import { MailTooSoonError, TooManyEmailCodesError, TooManyMailsError } from '../mail-flow.errors.js';
import type { FlowType } from './flow-tokens.js';

const IP_LIMIT = { limit: 50, windowSeconds: 60 };
const MAIL_LIMIT = { limit: 1, windowSeconds: 60 };
/** The seventh guess is refused (contract console-accounts 5: more than 5 wrong codes, 24 hours). */
const CODE_LIMIT = { limit: 6, windowSeconds: 86_400 };
const TOO_SOON = {
  change_email: 'email_change_rate_limit_exceeded',
  account_deletion: 'email_code_account_deletion_rate_limit_exceeded',
} as const;

/** Keeps flows by mail from flooding people with mails, and their codes from being guessed. */
@Injectable()
export class MailThrottle {
  constructor(private readonly limits: RateLimits) {}

  /** Counts a request from an address of the network. Throws `TooManyMailsError` (429). */
  async admitCaller(ip: string): Promise<void> {
    const { allowed, resetSeconds } = await this.limits.hit(`mail_ip:${ip}`, IP_LIMIT);
    if (!allowed) throw new TooManyMailsError(resetSeconds);
  }

  /** Counts a mail of a flow to somebody: one a minute. Throws `MailTooSoonError` (429). */
  async admitMail(type: FlowType, email: string): Promise<void> {
    const { allowed, resetSeconds } = await this.limits.hit(`mail:${type}:${email}`, MAIL_LIMIT);
    if (!allowed) throw new MailTooSoonError(TOO_SOON[type], resetSeconds);
  }

  /** Counts a guess before it is looked at, so that many at a time count too. Throws `TooManyEmailCodesError` (429). */
  async admitGuess(type: FlowType, accountId: string): Promise<void> {
    const { allowed, resetSeconds } = await this.limits.hit(guessKeyOf(type, accountId), CODE_LIMIT);
    if (!allowed) throw new TooManyEmailCodesError(resetSeconds);
  }

  /** Forgets the guesses once the right code came. */
  async forgetGuesses(type: FlowType, accountId: string): Promise<void> {
    await this.limits.clear(guessKeyOf(type, accountId));
  }
}

const guessKeyOf = (type: FlowType, accountId: string): string => `mail_code:${type}:${accountId}`;
