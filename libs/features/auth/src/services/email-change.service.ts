import { Injectable } from '@nestjs/common';
import { type Account, AccountService, EmailInUseError } from '#features/accounts';
import { EditionConfig } from '#platform/config';
import { EmailChangeDisabledError, EmailCodeError, FlowEmailError, FlowTokenError, NotOwnEmailError } from '../mail-flow.errors.js';
import { AccountMails, type MailLanguage } from './account-mails.js';
import { isSameText } from './constant-time.js';
import { type FlowFacts, FlowTokens } from './flow-tokens.js';
import { MailThrottle } from './mail-throttle.js';

/** Where a change stands: the code for the old address is out, was given, the one for the new address is out, was given. */
type Phase = 'old_sent' | 'old_verified' | 'new_sent' | 'new_verified';

/** A request for a code. */
export interface EmailCodeRequest {
  accountId: string;
  email: string;
  phase: 'old_email' | 'new_email';
  /** Of the step before, for the new address. */
  token: string | undefined;
  language: MailLanguage;
  ip: string;
}

const TYPE = 'change_email';

/**
 * A new mail address, in five steps: a code to the old address, the code given, a code to the new one, the code given, the change
 * (contract console-accounts 7). Each token is good for the next step alone, for one account and one address.
 */
@Injectable()
export class EmailChangeService {
  constructor(
    private readonly accounts: AccountService,
    private readonly tokens: FlowTokens,
    private readonly throttle: MailThrottle,
    private readonly mails: AccountMails,
    private readonly edition: EditionConfig,
  ) {}

  /** Throws `EmailChangeDisabledError` (403). */
  checkEnabled(): void {
    if (!this.edition.changeEmail) throw new EmailChangeDisabledError();
  }

  /**
   * Mails a code and gives the token that goes with it. Throws `TooManyMailsError`, `MailTooSoonError` (429), `NotOwnEmailError`,
   * `FlowTokenError`, `FlowEmailError` (400), `MailUnavailableError` (503).
   */
  async sendCode({ accountId, email, phase, token, language, ip }: EmailCodeRequest): Promise<string> {
    this.checkEnabled();
    await this.throttle.admitCaller(ip);
    const account = await this.accounts.getById(accountId);
    if (phase === 'new_email') await this.checkOldVerified(account, token);
    else if (email.toLowerCase() !== account.email.toLowerCase()) throw new NotOwnEmailError();
    const to = email.toLowerCase();
    await this.throttle.admitMail(TYPE, to);
    const code = this.tokens.newCode();
    const next: Phase = phase === 'new_email' ? 'new_sent' : 'old_sent';
    const issued = await this.tokens.issue(TYPE, { accountId, email: to, code, phase: next });
    await this.mails.send(phase === 'new_email' ? 'change_email_new' : 'change_email_old', { to, code, language });
    return issued;
  }

  /**
   * Takes a code in and gives the token for the next step. Throws `TooManyEmailCodesError` (429), `FlowTokenError`,
   * `FlowEmailError`, `EmailCodeError` (400).
   */
  async verifyCode(accountId: string, given: { email: string; code: string; token: string }): Promise<{ email: string; token: string }> {
    this.checkEnabled();
    await this.throttle.admitGuess(TYPE, accountId);
    const facts = this.ownFacts(accountId, await this.tokens.find(TYPE, given.token), ['old_sent', 'new_sent']);
    if (facts.email !== given.email.toLowerCase()) throw new FlowEmailError();
    if (!isSameText(facts.code, given.code)) throw new EmailCodeError();
    if ((await this.tokens.take(TYPE, given.token)) === null) throw new FlowTokenError();
    await this.throttle.forgetGuesses(TYPE, accountId);
    const phase: Phase = facts.phase === 'old_sent' ? 'old_verified' : 'new_verified';
    return { email: facts.email, token: await this.tokens.issue(TYPE, { ...facts, code: '', phase }) };
  }

  /** Gives the account its new address and tells the old one. Throws `EmailInUseError`, `FlowTokenError` (400). */
  async change(accountId: string, newEmail: string, token: string): Promise<Account> {
    this.checkEnabled();
    const email = newEmail.toLowerCase();
    await this.checkFree(email);
    const facts = this.ownFacts(accountId, await this.tokens.find(TYPE, token), ['new_verified']);
    if (facts.email !== email || (await this.tokens.take(TYPE, token)) === null) throw new FlowTokenError();
    const before = await this.accounts.getById(accountId);
    const account = await this.accounts.changeEmail(accountId, email);
    await this.mails.tell('email_changed', before);
    return account;
  }

  /** Throws `EmailInUseError` (400) when an account has the address, `TooManyMailsError` (429) for whoever tries many. */
  async checkUnique(email: string, ip: string): Promise<void> {
    await this.throttle.admitCaller(ip);
    await this.checkFree(email);
  }

  private async checkFree(email: string): Promise<void> {
    if ((await this.accounts.findByEmail(email)) !== null) throw new EmailInUseError();
  }

  private async checkOldVerified(account: Account, token: string | undefined): Promise<void> {
    const facts = this.ownFacts(account.id, token === undefined ? null : await this.tokens.find(TYPE, token), ['old_verified']);
    if (facts.email !== account.email.toLowerCase()) throw new FlowEmailError();
  }

  private ownFacts(accountId: string, facts: FlowFacts | null, phases: readonly Phase[]): FlowFacts {
    if (facts?.accountId !== accountId || !phases.some((phase) => phase === facts.phase)) throw new FlowTokenError();
    return facts;
  }
}
