import { Injectable } from '@nestjs/common';
import type { Tx } from '#platform/database';

/** What a set-up made. */
export interface SetupFacts {
  /** The first account. */
  accountId: string;
  /** Its workspace. */
  tenantId: string;
}

/** Somebody who adds to the set-up, inside its transaction: short, and nothing but the database. */
export interface SetupParticipant {
  /** Called once, when the first account and its workspace are there. Throwing undoes the set-up. */
  onSetup(facts: SetupFacts, tx: Tx): Promise<void>;
}

/** Registry of those who add to the set-up; filled at module init by features above this one. */
@Injectable()
export class SetupParticipants {
  private readonly participants: SetupParticipant[] = [];

  register(participant: SetupParticipant): void {
    this.participants.push(participant);
  }

  /** Calls all in the order of their registration. */
  async run(facts: SetupFacts, tx: Tx): Promise<void> {
    for (const participant of this.participants) await participant.onSetup(facts, tx);
  }
}
