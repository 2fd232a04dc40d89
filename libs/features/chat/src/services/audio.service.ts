import { Injectable } from '@nestjs/common';
import { InvalidParamError } from '#common';
import { type AppModelConfig, parseAppModelConfig } from '#engines/chat';
import { AppUnavailableError, PublishedApps } from '#features/apps';
import { type ConversationOwner, MessageRepository } from '#features/conversations';
import { ModelService } from '#features/models';
import type { UploadedPart } from '#platform/http';
import { AudioTooLargeError, NoSpeechModelError, runFailure, UnsupportedAudioTypeError } from '../chat.errors.js';

const MAX_BYTES = 30 * 1_048_576;
const AUDIO_TYPE = /^audio\/(?:mp3|m4a|wav|amr|mpga)$/i;

/** Which app, of which workspace. */
export interface AudioScope {
  tenantId: string;
  appId: string;
  /** Whose messages are spoken; everybody's when left out. */
  owner?: ConversationOwner;
}

/** What is to be spoken. */
export interface SpeechRequest {
  text: string | null;
  /** Goes before the text. */
  messageId: string | null;
  voice: string | null;
}

/** Listens and speaks with the workspace's default models (contract models-agents-tools 15). */
@Injectable()
export class AudioService {
  constructor(
    private readonly apps: PublishedApps,
    private readonly models: ModelService,
    private readonly messages: MessageRepository,
  ) {}

  /** Writes down what is said. Throws 400, 413 or 415. */
  async transcribe({ tenantId, appId }: AudioScope, part: UploadedPart): Promise<string> {
    const config = await this.configOf(tenantId, appId);
    if (!config.speechToText) throw new InvalidParamError('Speech to text is not enabled');
    if (!AUDIO_TYPE.test(part.mimetype)) throw new UnsupportedAudioTypeError();
    if (part.size > MAX_BYTES) throw new AudioTooLargeError();
    const model = await this.models.defaultModel(tenantId, 'speech2text');
    if (model === null) throw new NoSpeechModelError();
    const audio = await part.bytes(MAX_BYTES);
    return this.models
      .transcribe(tenantId, model, { audio, filename: part.filename || 'speech.mp3', mimeType: part.mimetype })
      .catch(rethrow);
  }

  /** Speaks; null when the message is unknown or has no answer. Throws 400. */
  async speak(
    { tenantId, appId, owner }: AudioScope,
    { text, messageId, voice }: SpeechRequest,
    signal: AbortSignal,
  ): Promise<AsyncIterable<Uint8Array> | null> {
    if (messageId !== null) {
      const message = owner
        ? await this.messages.find({ tenantId, appId, owner }, messageId)
        : await this.messages.findInApp(tenantId, appId, messageId);
      if (message === null || message.answer === '') return null;
      return this.synthesize({ tenantId, appId }, message.answer, voice, signal);
    }
    if (text === null || text === '') throw new InvalidParamError('Text is required');
    return this.synthesize({ tenantId, appId }, text, voice, signal);
  }

  /** The voices of the default model for a language. Throws 400 when there is no such model. */
  async voices(tenantId: string, language: string): Promise<{ name: string; value: string }[]> {
    const model = await this.models.defaultModel(tenantId, 'tts');
    if (model === null) throw new InvalidParamError('TTS is not enabled');
    const voices = await this.models.voices(tenantId, model, language);
    return voices.map(({ name, mode }) => ({ name, value: mode }));
  }

  private async synthesize(
    { tenantId, appId }: AudioScope,
    text: string,
    voice: string | null,
    signal: AbortSignal,
  ): Promise<AsyncIterable<Uint8Array>> {
    const { textToSpeech } = await this.configOf(tenantId, appId);
    if (!textToSpeech.enabled) throw new InvalidParamError('TTS is not enabled');
    const model = await this.models.defaultModel(tenantId, 'tts');
    if (model === null)
      throw new InvalidParamError('Provider not support text to speech. Choose a default model for it in the settings of model providers.');
    const chosen = voice || textToSpeech.voice;
    return begun(this.models.synthesize(tenantId, model, { text, ...(chosen !== '' && { voice: chosen }) }, { signal }));
  }

  /** An app without a model can listen and speak all the same. */
  private async configOf(tenantId: string, appId: string): Promise<Pick<AppModelConfig, 'speechToText' | 'textToSpeech'>> {
    const app = await this.apps.find(tenantId, appId);
    if (app?.parsed) return app.parsed;
    if (!app?.config) throw new AppUnavailableError();
    return parseAppModelConfig('chat', { ...app.config, model: { provider: 'none', name: 'none' } });
  }
}

/** Waits for the first piece, so that an error of the model becomes an ordinary answer. */
async function begun(pieces: AsyncIterable<Uint8Array>): Promise<AsyncIterable<Uint8Array>> {
  const iterator = pieces[Symbol.asyncIterator]();
  const first = await iterator.next().catch(rethrow);
  return (async function* () {
    try {
      if (first.done !== true) yield first.value;
      for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value;
    } finally {
      await iterator.return?.();
    }
  })();
}

function rethrow(error: unknown): never {
  throw runFailure(error);
}
