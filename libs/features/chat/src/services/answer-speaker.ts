import { Injectable } from '@nestjs/common';
import { AnswerSpeech } from '#engines/chat';
import { ModelService } from '#features/models';
import type { ActiveRun } from '#features/runs';
import { AppLogger } from '#platform/telemetry';
import type { Turn } from '../turn.js';
import type { ChatFrames } from './chat-frames.js';

/** Speaks streamed answers of apps that play them by themselves, with the workspace's default voice model. */
@Injectable()
export class AnswerSpeaker {
  private readonly log: AppLogger;

  constructor(
    private readonly models: ModelService,
    logger: AppLogger,
  ) {
    this.log = logger.scoped('chat');
  }

  /** The speech of a run, whose sound goes into the run's stream; null for runs that are read only. */
  speechOf(turn: Turn, run: ActiveRun, frames: ChatFrames): AnswerSpeech | null {
    const { enabled, autoPlay } = turn.config.textToSpeech;
    if (!turn.stream || !enabled || !autoPlay) return null;
    const ports = {
      synthesize: (text: string, signal: AbortSignal) => this.sound(turn, text, signal),
      play: (piece: Uint8Array) => run.stream.push([frames.ttsMessage(piece)]),
      failed: (error: unknown) => this.log.warn('an answer could not be spoken', { runId: run.id, error }),
    };
    return new AnswerSpeech(ports, run.signal);
  }

  /** Nothing where the workspace has no voice model. */
  private async *sound({ tenantId, config }: Turn, text: string, signal: AbortSignal): AsyncGenerator<Uint8Array, void, void> {
    const model = await this.models.defaultModel(tenantId, 'tts');
    const { voice } = config.textToSpeech;
    if (model !== null) yield* this.models.synthesize(tenantId, model, { text, ...(voice !== '' && { voice }) }, { signal });
  }
}
