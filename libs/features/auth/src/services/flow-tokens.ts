import { randomInt, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { isUuid } from '#common';
import { ExpiringStore } from '#platform/bus';

/** Flows that go on by a code from a mail. */
export type FlowType = 'change_email' | 'account_deletion';

/** What a token stands for. */
export interface FlowFacts {
  accountId: string;
  /** Where the code was sent, in lower case. */
  email: string;
  /** Six digits; empty once it was given. */
  code: string;
  /** Step of the flow. */
  phase: string;
}

/** How long a token holds (contract console-accounts 2.3). Unit: seconds. */
const LIFETIME_SECONDS = 300;
const CODES = 1_000_000;

/** Tokens that carry a flow from one request to the next; they survive a restart. */
@Injectable()
export class FlowTokens {
  constructor(private readonly store: ExpiringStore) {}

  /** Six random digits. */
  newCode(): string {
    return String(randomInt(CODES)).padStart(6, '0');
  }

  /** A new token, a UUID; good for five minutes. */
  async issue(type: FlowType, facts: FlowFacts): Promise<string> {
    const token = randomUUID();
    await this.store.set(keyOf(type, token), JSON.stringify(facts), LIFETIME_SECONDS);
    return token;
  }

  /** What a token stands for; null when it does not hold. */
  async find(type: FlowType, token: string): Promise<FlowFacts | null> {
    return isUuid(token) ? parse(await this.store.get(keyOf(type, token))) : null;
  }

  /** Likewise, and the token is used up: of many callers one gets the facts. */
  async take(type: FlowType, token: string): Promise<FlowFacts | null> {
    return isUuid(token) ? parse(await this.store.take(keyOf(type, token))) : null;
  }
}

const keyOf = (type: FlowType, token: string): string => `${type}:token:${token.toLowerCase()}`;
const parse = (stored: string | null): FlowFacts | null => (stored === null ? null : (JSON.parse(stored) as FlowFacts));
