import type { BuiltinTool } from '../../runtime/builtin-tool.js';
import { requiredToolPort } from '../../runtime/required-tool-port.js';
import { ToolParameterError } from '../../tools.errors.js';
import { ToolFile } from '../../types/tool-file.js';
import { textMessage } from '../../types/tool-message.js';
import { toolParameter } from '../../types/tool-parameter.js';
import { toolText } from '../../types/tool-text.js';
import { chosenModel, modelParameter } from './speech-choice.js';

const MODEL_DESCRIPTION = toolText("One of the workspace's speech-to-text models.", { zh_Hans: '工作区中可用的语音转文本模型。' });

/** Writes down what is said in a sound file. */
export const asrTool: BuiltinTool = {
  declaration: {
    author: 'Baya',
    name: 'asr',
    label: toolText('Speech To Text'),
    description: toolText('Writes down what is said in a sound file.', { zh_Hans: '把音频文件转换为文本。' }),
    llmDescription: 'Writes down what is said in a sound file.',
    parameters: [
      toolParameter({
        name: 'audio_file',
        type: 'file',
        form: 'llm',
        required: true,
        label: toolText('Audio File', { zh_Hans: '音频文件' }),
        human_description: toolText('The sound file.', { zh_Hans: '音频文件。' }),
        llm_description: 'The sound file.',
      }),
      modelParameter([], MODEL_DESCRIPTION),
    ],
    outputSchema: {},
  },
  runtimeParameters: async ({ speech }) => [modelParameter((await speech?.list('speech2text')) ?? [], MODEL_DESCRIPTION)],
  async *invoke(call) {
    const { ports, signal, user, parameters } = call;
    const speech = requiredToolPort(ports, 'speech');
    const file = parameters.audio_file;
    if (!(file instanceof ToolFile) || file.kind !== 'audio') throw new ToolParameterError('not a valid audio file');
    const model = await chosenModel(call, 'speech2text', speech);
    const audio = await file.read(signal);
    yield textMessage(await speech.transcribe(model, { audio, filename: file.filename, mimeType: file.mimeType, user }, signal));
  },
};
