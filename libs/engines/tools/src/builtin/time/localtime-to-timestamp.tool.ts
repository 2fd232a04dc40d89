import type { BuiltinTool } from '../../runtime/builtin-tool.js';
import { textParameter } from '../../runtime/parameter-readers.js';
import { textMessage } from '../../types/tool-message.js';
import { toolText } from '../../types/tool-text.js';
import { parseLocalTime, zoneNamed } from './local-time.js';
import { localTimeParameter, zoneParameter } from './zone-parameter.js';

/** Whole seconds since the epoch of a local time. */
export const localtimeToTimestampTool: BuiltinTool = {
  declaration: {
    author: 'Baya',
    name: 'localtime_to_timestamp',
    label: toolText('localtime to timestamp', { zh_Hans: '获取时间戳' }),
    description: toolText('Makes a Unix timestamp of a local time.', { zh_Hans: '把本地时间换算成 Unix 时间戳。' }),
    llmDescription: 'Makes a Unix timestamp (whole seconds) of a local time.',
    parameters: [
      localTimeParameter('localtime', toolText('localtime', { zh_Hans: '本地时间' })),
      zoneParameter('timezone', { label: toolText('Timezone', { zh_Hans: '时区' }), default: 'Asia/Shanghai', required: false }),
    ],
    outputSchema: {},
  },
  async *invoke(call) {
    const moment = zoneNamed(textParameter(call, 'timezone')).momentOf(parseLocalTime(textParameter(call, 'localtime')));
    yield textMessage(String(Math.floor(moment / 1000)));
  },
};
