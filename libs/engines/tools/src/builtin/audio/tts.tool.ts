import type { BuiltinTool } from '../../runtime/builtin-tool.js';
import { textParameter } from '../../runtime/parameter-readers.js';
import { requiredToolPort } from '../../runtime/required-tool-port.js';
import { ToolInvokeError } from '../../tools.errors.js';
import { textMessage } from '../../types/tool-message.js';
import { toolParameter } from '../../types/tool-parameter.js';
import { toolText } from '../../types/tool-text.js';
import { chosenModel, modelParameter, voiceName, voiceParameter } from './speech-choice.js';

const MODEL_DESCRIPTION = toolText("One of the workspace's text-to-speech models.", { zh_Hans: '工作区中可用的文本转语音模型。' });

/** Speaks a text. */
export const ttsTool: BuiltinTool = {
  declaration: {
    author: 'Baya',
    name: 'tts',
    label: toolText('Text To Speech'),
    description: toolText('Makes a sound file of a text.', { zh_Hans: '把文本转换为音频文件。' }),
    llmDescription: 'Makes a sound file of a text.',
    parameters: [
      toolParameter({
        name: 'text',
        type: 'string',
        form: 'llm',
        required: true,
        label: toolText('Text', { zh_Hans: '文本' }),
        human_description: toolText('What is spoken.', { zh_Hans: '要朗读的文本。' }),
        llm_description: 'What is spoken.',
      }),
      modelParameter([], MODEL_DESCRIPTION),
    ],
    outputSchema: {},
  },
  runtimeParameters: async ({ speech }) => {
    const models = (await speech?.list('tts')) ?? [];
    return [modelParameter(models, MODEL_DESCRIPTION), ...models.filter(({ voices }) => voices.length > 0).map(voiceParameter)];
  },
  async *invoke(call) {
    const { ports, signal, user } = call;
    const speech = requiredToolPort(ports, 'speech');
    const model = await chosenModel(call, 'tts', speech);
    const voice = textParameter(call, voiceName(model)) || (model.voices[0]?.value ?? null);
    const pieces: Uint8Array[] = [];
    for await (const piece of speech.synthesize(model, { text: textParameter(call, 'text'), voice, user }, signal)) pieces.push(piece);
    const bytes = Buffer.concat(pieces);
    if (bytes.length === 0) throw new ToolInvokeError('The model gave no sound.');
    yield textMessage('Audio generated successfully');
    yield { type: 'blob', bytes, mimeType: 'audio/x-wav', filename: null };
  },
};
