import type { ModelConfigFacts } from '#engines/chat';

/** The model that a new app begins with. */
export interface DefaultLlm {
  /** Long id, such as `langgenius/openai/openai`; null when the workspace has no model at all. */
  provider: string | null;
  name: string | null;
  /** `chat` or `completion`. */
  mode: string;
}

/** What apps need to know about the models of a workspace. */
export abstract class AppModels {
  /** The default llm, else the first one that is available. */
  abstract defaultLlm(tenantId: string): Promise<DefaultLlm>;

  /** Facts for checking a model configuration of a workspace. */
  abstract factsOf(tenantId: string): ModelConfigFacts;
}
