import type { BuiltinTool } from '../../runtime/builtin-tool.js';
import { numberParameter, textParameter } from '../../runtime/parameter-readers.js';
import { textMessage } from '../../types/tool-message.js';
import { toolParameter } from '../../types/tool-parameter.js';
import { toolText } from '../../types/tool-text.js';
import { localTimeText, zoneNamed } from './local-time.js';
import { zoneParameter } from './zone-parameter.js';

/** The local time of a number of seconds since the epoch. */
export const timestampToLocaltimeTool: BuiltinTool = {
  declaration: {
    author: 'Baya',
    name: 'timestamp_to_localtime',
    label: toolText('Timestamp to localtime', { zh_Hans: '时间戳转换' }),
    description: toolText('Makes a local time of a Unix timestamp.', { zh_Hans: '把 Unix 时间戳换算成本地时间。' }),
    llmDescription: 'Makes a local time of a Unix timestamp (seconds).',
    parameters: [
      toolParameter({
        name: 'timestamp',
        type: 'number',
        form: 'llm',
        required: true,
        label: toolText('Timestamp', { zh_Hans: '时间戳' }),
        human_description: toolText('Seconds since 1970-01-01 UTC.', { zh_Hans: '自 1970-01-01 UTC 起的秒数。' }),
        llm_description: 'Seconds since 1970-01-01 UTC.',
      }),
      zoneParameter('timezone', { label: toolText('Timezone', { zh_Hans: '时区' }), default: 'Asia/Shanghai', required: false }),
    ],
    outputSchema: {},
  },
  async *invoke(call) {
    const seconds = numberParameter(call, 'timestamp');
    const zone = zoneNamed(textParameter(call, 'timezone'));
    // What a date can hold: 100 million days to either side.
    if (Math.abs(seconds) > 8.64e12) yield textMessage(`Invalid timestamp: ${seconds}`);
    else yield textMessage(localTimeText(zone.at(seconds * 1000)));
  },
};
