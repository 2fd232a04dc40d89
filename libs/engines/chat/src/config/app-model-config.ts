import type { JsonObject } from '#common';
import type { ModelParameters } from '#engines/model-runtime';
import type { FileUploadSettings } from '../files/chat-file.js';
import type { InputVariable } from '../inputs/input-variable.js';
import type { EasyAppMode } from './app-mode.js';

/** A model configuration read for a run: typed, checked, nothing left to look up. Immutable, so it can be cached. */
export interface AppModelConfig {
  readonly mode: EasyAppMode;
  readonly model: ModelChoice;
  readonly prompt: PromptConfig;
  /** What the user is asked for, in the order of the form. */
  readonly inputForm: readonly InputVariable[];
  /** Enabled tools only. */
  readonly externalDataTools: readonly ExternalDataTool[];
  /** Null when the app has no datasets: then the prompt has no context block. */
  readonly datasets: DatasetConfig | null;
  readonly openingStatement: string;
  readonly suggestedQuestions: readonly string[];
  readonly suggestedQuestionsAfterAnswer: boolean;
  readonly speechToText: boolean;
  readonly textToSpeech: TextToSpeechConfig;
  /** Whether answers carry what was retrieved for them. */
  readonly showRetrieverResources: boolean;
  readonly moreLikeThis: boolean;
  /** Null when it is off. */
  readonly moderation: ModerationConfig | null;
  /** Null when the app takes no files; files sent to it are ignored. */
  readonly fileUpload: FileUploadSettings | null;
  /** Resolution at which the model looks at pictures; default high. */
  readonly imageDetail: 'low' | 'high';
  /** Null unless the app is an agent (contract models-agents-tools 5, "Strategy mapping"). */
  readonly agent: AgentConfig | null;
}

/** The llm of an app. */
export interface ModelChoice {
  /** Long id. */
  readonly provider: string;
  readonly name: string;
  /** As saved with the configuration; null in old ones, then the model's own property holds. */
  readonly mode: 'chat' | 'completion' | null;
  /** Without `stop`. */
  readonly parameters: ModelParameters;
  readonly stop: readonly string[];
}

export type PromptConfig = SimplePromptConfig | AdvancedPromptConfig;

export interface SimplePromptConfig {
  readonly type: 'simple';
  readonly prePrompt: string;
}

export interface AdvancedPromptConfig {
  readonly type: 'advanced';
  /** For chat-mode models. */
  readonly chat: readonly PromptTemplateMessage[];
  /** For completion-mode models; null when there is none. */
  readonly completion: CompletionTemplate | null;
}

export interface PromptTemplateMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly text: string;
}

export interface CompletionTemplate {
  readonly text: string;
  /** Null: no history is put into the prompt. */
  readonly rolePrefixes: RolePrefixes | null;
}

export interface RolePrefixes {
  readonly user: string;
  readonly assistant: string;
}

/** A tool that computes an input. */
export interface ExternalDataTool {
  readonly variable: string;
  /** `api`. */
  readonly type: string;
  readonly config: JsonObject;
}

/** Which datasets are asked, and how (contract console-apps-workflows 5.5). */
export interface DatasetConfig {
  readonly datasetIds: readonly string[];
  /** Completion apps: the input whose value is the query. */
  readonly queryVariable: string | null;
  /** `single`: the model picks one dataset; `multiple`: all are asked. */
  readonly retrieval: 'single' | 'multiple';
  /** Null with `single`, where each dataset's own settings hold. */
  readonly ranking: DatasetRanking | null;
  readonly metadataFilteringMode: 'disabled' | 'automatic' | 'manual';
  readonly metadataModelConfig: JsonObject | null;
  readonly metadataFilteringConditions: JsonObject | null;
}

export interface DatasetRanking {
  /** Default 4. */
  readonly topK: number;
  /** Null when the threshold is off. */
  readonly scoreThreshold: number | null;
  readonly rerankingEnabled: boolean;
  readonly rerankingMode: 'reranking_model' | 'weighted_score';
  readonly rerankingModel: JsonObject | null;
  readonly weights: JsonObject | null;
}

export interface TextToSpeechConfig {
  readonly enabled: boolean;
  readonly voice: string;
  readonly language: string;
  readonly autoPlay: boolean;
}

export interface ModerationConfig {
  readonly type: string;
  readonly config: JsonObject;
  readonly inputs: boolean;
  readonly outputs: boolean;
}

/** What an agent app adds: strategy, rounds and tools as configured. The loop comes with the agent engine. */
export interface AgentConfig {
  readonly strategy: 'function_call' | 'react';
  /** Default 10. */
  readonly maxIterations: number;
  /** Enabled tools of the current form (four keys or more). */
  readonly tools: readonly JsonObject[];
  /** Replaces the default ReAct prompts. */
  readonly prompt: { readonly firstPrompt: string; readonly nextIteration: string } | null;
}
