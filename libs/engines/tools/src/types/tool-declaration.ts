import type { ToolParameter } from './tool-parameter.js';
import type { ToolText } from './tool-text.js';

/** What a tool is, as lists show it (contract console-accounts-models-tools 14.1). */
export interface ToolDeclaration {
  readonly author: string;
  readonly name: string;
  readonly label: ToolText;
  /** For people. */
  readonly description: ToolText;
  /** For the model that may call it. */
  readonly llmDescription: string;
  readonly parameters: readonly ToolParameter[];
  /** JSON Schema of its variables; empty for none. */
  readonly outputSchema: Readonly<Record<string, unknown>>;
}

/** What a provider of tools is. */
export interface ToolProviderDeclaration {
  /** Its id too. */
  readonly name: string;
  readonly author: string;
  readonly label: ToolText;
  readonly description: ToolText;
  /** Tags of the list: `utilities`, `productivity`, ... (contract models-agents-tools 9.1). */
  readonly labels: readonly string[];
}
