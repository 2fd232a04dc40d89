import type { SpeechModel, SpeechModels } from '../../ports/speech-models.port.js';
import type { ToolCall } from '../../runtime/builtin-tool.js';
import { textParameter } from '../../runtime/parameter-readers.js';
import { ToolParameterError } from '../../tools.errors.js';
import { toolParameter, type ToolParameter } from '../../types/tool-parameter.js';
import { toolText, type ToolText } from '../../types/tool-text.js';

/** The form field that chooses a model: `<provider>#<model>`, of those the workspace has. */
export function modelParameter(models: readonly SpeechModel[], description: ToolText): ToolParameter {
  return toolParameter({
    name: 'model',
    type: 'select',
    form: 'form',
    required: true,
    label: toolText('Model', { zh_Hans: '模型' }),
    placeholder: toolText('Select a model', { zh_Hans: '选择模型' }),
    human_description: description,
    options: models.map(({ provider, model, label }) => ({
      value: `${provider}#${model}`,
      label: toolText(`${label} (${provider})`),
      icon: null,
    })),
  });
}

/** The model that a call chose. Rejects with `ToolParameterError` for one that the workspace does not have. */
export async function chosenModel(call: ToolCall, kind: 'speech2text' | 'tts', speech: SpeechModels): Promise<SpeechModel> {
  const chosen = textParameter(call, 'model');
  if (chosen === '') throw new ToolParameterError('tool parameter model not found in tool config');
  const model = (await speech.list(kind)).find(({ provider, model: name }) => `${provider}#${name}` === chosen);
  if (model === undefined) throw new ToolParameterError(`The model ${chosen} is not available: it was removed, or has no credentials.`);
  return model;
}

/** The form field with the voices of a model. */
export function voiceParameter({ provider, model, voices }: SpeechModel): ToolParameter {
  return toolParameter({
    name: voiceName({ provider, model }),
    type: 'select',
    form: 'form',
    label: toolText(`Voice of ${model} (${provider})`, { zh_Hans: `${model}（${provider}）的声音` }),
    placeholder: toolText('Select a voice', { zh_Hans: '选择声音' }),
    options: voices.map(({ value, name }) => ({ value, label: toolText(name), icon: null })),
  });
}

/** The field's name. */
export function voiceName({ provider, model }: Pick<SpeechModel, 'provider' | 'model'>): string {
  return `voice#${provider}#${model}`;
}
