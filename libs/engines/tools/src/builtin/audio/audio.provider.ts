import type { BuiltinProvider } from '../../runtime/builtin-tool.js';
import { toolText } from '../../types/tool-text.js';
import { asrTool } from './asr.tool.js';
import { ttsTool } from './tts.tool.js';

/** Speech (contract models-agents-tools 9.2). */
export const audioProvider: BuiltinProvider = {
  declaration: {
    name: 'audio',
    author: 'Baya',
    label: toolText('Audio'),
    description: toolText('Turns text into speech and speech into text.', { zh_Hans: '文本与语音的互相转换。' }),
    labels: ['utilities'],
  },
  tools: [ttsTool, asrTool],
};
