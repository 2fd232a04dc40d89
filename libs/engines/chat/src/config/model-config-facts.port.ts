/** What the validation of a model configuration has to know about the workspace. Every answer is about one workspace. */
export abstract class ModelConfigFacts {
  /** Long ids (`langgenius/openai/openai`) of all providers that may be named. */
  abstract availableProviders(): Promise<readonly string[]>;

  /** Names of a provider's llms, those the workspace added included. */
  abstract llmNames(provider: string): Promise<readonly string[]>;

  /** The llm's property `mode`; null when it has none. */
  abstract modelMode(provider: string, model: string): Promise<string | null>;

  /** Whether the workspace has this dataset. The id is a UUID. */
  abstract datasetExists(datasetId: string): Promise<boolean>;

  /** Whether the workspace has this API-based extension. Any text may be asked for. */
  abstract extensionExists(extensionId: string): Promise<boolean>;
}
