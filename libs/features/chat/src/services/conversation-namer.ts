import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { AbortScope } from '#common';
import { ConversationTitles } from '#features/conversations';
import { ChatConfig } from '#platform/config';
import { AppLogger } from '#platform/telemetry';
import type { Turn } from '../turn.js';
import { firstNameOf } from './turn-rows.js';

/** Titles that may wait or be made at a time; further conversations keep the name they began with. */
const MAX_PENDING = 2000;
/** Titles that are asked for at a time, so that a rush of new conversations does not double the calls under way. */
const MAX_AT_ONCE = 8;
const TITLE_TIMEOUT_MS = 60_000;

/**
 * Gives new conversations a title, a second after their run began. Best effort, in this process: a conversation without a title
 * has a name all the same, so a crash loses nothing.
 */
@Injectable()
export class ConversationNamer implements BeforeApplicationShutdown {
  private readonly stopping = new AbortController();
  private readonly due: Turn[] = [];
  private readonly log: AppLogger;
  private pending = 0;
  private active = 0;

  constructor(
    private readonly titles: ConversationTitles,
    private readonly config: ChatConfig,
    logger: AppLogger,
  ) {
    this.log = logger.scoped('chat');
  }

  /** Never waits and never throws. */
  schedule(turn: Turn): void {
    if (turn.title !== 'model' || this.pending >= MAX_PENDING || this.stopping.signal.aborted) return;
    this.pending += 1;
    setTimeout(() => {
      this.due.push(turn);
      this.next();
    }, this.config.conversationNameDelayMs).unref();
  }

  beforeApplicationShutdown(): void {
    this.stopping.abort();
    this.due.length = 0;
  }

  private next(): void {
    const turn = this.active < MAX_AT_ONCE && !this.stopping.signal.aborted ? this.due.shift() : undefined;
    if (turn === undefined) return;
    this.active += 1;
    void this.entitle(turn).finally(() => {
      this.active -= 1;
      this.pending -= 1;
      this.next();
    });
  }

  private async entitle(turn: Turn): Promise<void> {
    const { tenantId, conversationId: id, query } = turn;
    const scope = new AbortScope({ follow: [this.stopping.signal], afterMs: TITLE_TIMEOUT_MS });
    try {
      await this.titles.entitle({ tenantId, id, query, name: firstNameOf(turn) }, scope.signal);
    } catch (error) {
      if (!this.stopping.signal.aborted) this.log.warn('a conversation got no title', { conversationId: id, error });
    } finally {
      scope.end();
    }
  }
}
