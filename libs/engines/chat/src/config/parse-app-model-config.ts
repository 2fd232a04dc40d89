import { isJsonObject } from '#common';
import type { JsonObject } from '#common';
import { ModelConfigError } from '../chat.errors.js';
import { parseFileUpload } from '../files/file-upload-settings.js';
import { parseInputForm } from '../inputs/input-variable.js';
import type { EasyAppMode } from './app-mode.js';
import type { AppModelConfig, ExternalDataTool, ModelChoice, ModerationConfig } from './app-model-config.js';
import { fromStoredModelConfig } from './model-config-document.js';
import type { FullModelConfig, ModelConfigDocument } from './model-config-document.js';
import { parseAgent } from './parse-agent.js';
import { parseDatasets } from './parse-datasets.js';
import { parsePrompt } from './parse-prompt.js';
import { longProviderId } from './provider-id.js';
import { isEmpty, listOf, nonEmptyText, objectOr, own, textOr, textsOf } from './values.js';

/**
 * Reads a stored or validated configuration for a run. Lenient towards old rows: what has the wrong type reads as its default.
 * Throws `ModelConfigError` when no model is chosen.
 */
export function parseAppModelConfig(mode: EasyAppMode, document: ModelConfigDocument): AppModelConfig {
  const config = fromStoredModelConfig(document);
  const speech = objectOr(config.text_to_speech, {});
  const files = parseFileUpload(config.file_upload);
  return {
    mode,
    model: parseModel(config),
    prompt: parsePrompt(config),
    inputForm: parseInputForm(config.user_input_form),
    externalDataTools: parseExternalDataTools(config),
    datasets: parseDatasets(config),
    openingStatement: config.opening_statement ?? '',
    suggestedQuestions: textsOf(config.suggested_questions),
    suggestedQuestionsAfterAnswer: isOn(config.suggested_questions_after_answer),
    speechToText: isOn(config.speech_to_text),
    textToSpeech: {
      enabled: isOn(speech),
      voice: textOr(own(speech, 'voice'), ''),
      language: textOr(own(speech, 'language'), ''),
      autoPlay: own(speech, 'autoPlay') === 'enabled',
    },
    showRetrieverResources: isOn(config.retriever_resource),
    moreLikeThis: isOn(config.more_like_this),
    moderation: parseModeration(config.sensitive_word_avoidance),
    fileUpload: files.settings,
    imageDetail: files.imageDetail,
    agent: mode === 'agent-chat' ? parseAgent(config) : null,
  };
}

function isOn(toggle: unknown): boolean {
  return isJsonObject(toggle) && own(toggle, 'enabled') === true;
}

function parseModel(config: FullModelConfig): ModelChoice {
  const model = objectOr(config.model, {});
  const provider = nonEmptyText(own(model, 'provider'));
  const name = nonEmptyText(own(model, 'name'));
  if (provider === null || name === null) {
    throw new ModelConfigError('The app has no model: choose one in its configuration and save it.');
  }
  const mode = own(model, 'mode');
  const { stop, ...parameters } = objectOr(own(model, 'completion_params'), {});
  return {
    provider: longProviderId(provider),
    name,
    mode: mode === 'chat' || mode === 'completion' ? mode : null,
    parameters,
    stop: textsOf(stop),
  };
}

/** Tools of both places, one a variable; those of the form are on unless they say otherwise. */
function parseExternalDataTools(config: FullModelConfig): ExternalDataTool[] {
  const fromForm = listOf(config.user_input_form)
    .map((item) => (isJsonObject(item) ? own(item, 'external_data_tool') : undefined))
    .filter(isJsonObject)
    .map((tool) => ({ enabled: true, ...tool }));
  const tools = new Map<string, ExternalDataTool>();
  for (const tool of [...listOf(config.external_data_tools).filter(isJsonObject), ...fromForm]) {
    const variable = nonEmptyText(own(tool, 'variable'));
    const settings = own(tool, 'config');
    if (variable === null || tools.has(variable) || !isJsonObject(settings) || isEmpty(own(tool, 'enabled'))) continue;
    tools.set(variable, { variable, type: textOr(own(tool, 'type'), ''), config: settings });
  }
  return [...tools.values()];
}

function parseModeration(value: unknown): ModerationConfig | null {
  const moderation = objectOr(value, {});
  const type = nonEmptyText(own(moderation, 'type'));
  if (isEmpty(own(moderation, 'enabled')) || type === null) return null;
  const config = objectOr(own(moderation, 'config'), {});
  const side = (key: string): boolean => !isEmpty(own(objectOr(own(config, key), {} satisfies JsonObject), 'enabled'));
  return { type, config, inputs: side('inputs_config'), outputs: side('outputs_config') };
}
