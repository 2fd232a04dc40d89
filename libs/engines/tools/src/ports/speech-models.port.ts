/** A model that the workspace has credentials for. */
export interface SpeechModel {
  /** Id of its provider. */
  readonly provider: string;
  readonly model: string;
  /** For people. */
  readonly label: string;
  /** Of a tts model, in their order; empty for others. */
  readonly voices: readonly { readonly value: string; readonly name: string }[];
}

/** The speech models of a workspace. */
export abstract class SpeechModels {
  /** Models with credentials, in the order of the console. */
  abstract list(kind: 'speech2text' | 'tts'): Promise<readonly SpeechModel[]>;

  /** Writes down what is said. Rejects with the `InvokeError` family, or when the workspace does not have the model. */
  abstract transcribe(
    model: Pick<SpeechModel, 'provider' | 'model'>,
    sound: { readonly audio: Uint8Array; readonly filename: string; readonly mimeType: string; readonly user: string },
    signal: AbortSignal,
  ): Promise<string>;

  /** Speaks a text: pieces of one sound file. */
  abstract synthesize(
    model: Pick<SpeechModel, 'provider' | 'model'>,
    speech: { readonly text: string; readonly voice: string | null; readonly user: string },
    signal: AbortSignal,
  ): AsyncIterable<Uint8Array>;
}
