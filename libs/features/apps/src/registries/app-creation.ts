import { Injectable } from '@nestjs/common';
import type { Tx } from '#platform/database';
import type { AppEntity } from '../entities/app.entity.js';

/** Takes part in the making of an app, inside its transaction: rows that must be there when the request ends. */
export type AppCreationParticipant = (app: AppEntity, tx: Tx) => Promise<void>;

/** Who takes part in the making of apps. Filled at module init. */
@Injectable()
export class AppCreation {
  private readonly participants: AppCreationParticipant[] = [];

  register(participant: AppCreationParticipant): void {
    this.participants.push(participant);
  }

  /** Lets everybody take part; a failure undoes the app. */
  async created(app: AppEntity, tx: Tx): Promise<void> {
    for (const participant of this.participants) await participant(app, tx);
  }
}
