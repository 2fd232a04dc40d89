import type { ModelRuntime, ModelTarget } from '#engines/model-runtime';
import { SpeechModels, type SpeechModel } from '../../ports/speech-models.port.js';

/** The models that a workspace has, as the application knows them. */
export interface SpeechModelSource {
  /** Models with credentials, in the order of the console. */
  list(kind: 'speech2text' | 'tts'): Promise<readonly { readonly target: ModelTarget; readonly label: string }[]>;
  /** Rejects when the workspace has no credentials for the model. */
  target(model: Pick<SpeechModel, 'provider' | 'model'>): Promise<ModelTarget>;
}

/** The speech models of a {@link ModelRuntime}, for tools. */
export class RuntimeSpeech extends SpeechModels {
  constructor(
    private readonly runtime: ModelRuntime,
    private readonly source: SpeechModelSource,
  ) {
    super();
  }

  override async list(kind: 'speech2text' | 'tts'): Promise<readonly SpeechModel[]> {
    const models = await this.source.list(kind);
    return Promise.all(
      models.map(async ({ target, label }) => ({
        provider: target.provider,
        model: target.model,
        label,
        voices: kind === 'tts' ? (await this.runtime.voices(target)).map(({ mode, name }) => ({ value: mode, name })) : [],
      })),
    );
  }

  override async transcribe(...[model, sound, signal]: Parameters<SpeechModels['transcribe']>): Promise<string> {
    return this.runtime.transcribe(await this.source.target(model), sound, { signal });
  }

  override async *synthesize(
    ...[model, { text, voice, user }, signal]: Parameters<SpeechModels['synthesize']>
  ): AsyncGenerator<Uint8Array> {
    const target = await this.source.target(model);
    yield* this.runtime.synthesize(target, { text, user, ...(voice !== null && { voice }) }, { signal });
  }
}
