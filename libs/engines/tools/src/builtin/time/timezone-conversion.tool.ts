import type { BuiltinTool } from '../../runtime/builtin-tool.js';
import { textParameter } from '../../runtime/parameter-readers.js';
import { textMessage } from '../../types/tool-message.js';
import { toolText } from '../../types/tool-text.js';
import { localTimeText, parseLocalTime, zoneNamed } from './local-time.js';
import { localTimeParameter, zoneParameter } from './zone-parameter.js';

/** What clocks elsewhere show at the same moment. */
export const timezoneConversionTool: BuiltinTool = {
  declaration: {
    author: 'Baya',
    name: 'timezone_conversion',
    label: toolText('convert time to equivalent time zone', { zh_Hans: '时区转换' }),
    description: toolText('Converts a time from one time zone to another.', { zh_Hans: '把一个时区的时间换算到另一个时区。' }),
    llmDescription: 'Converts a time from one time zone to another.',
    parameters: [
      localTimeParameter('current_time', toolText('current time', { zh_Hans: '当前时间' })),
      zoneParameter('current_timezone', {
        label: toolText('Current Timezone', { zh_Hans: '当前时区' }),
        default: 'Asia/Shanghai',
        required: true,
      }),
      zoneParameter('target_timezone', {
        label: toolText('Target Timezone', { zh_Hans: '目标时区' }),
        default: 'Asia/Tokyo',
        required: true,
      }),
    ],
    outputSchema: {},
  },
  async *invoke(call) {
    const moment = zoneNamed(textParameter(call, 'current_timezone')).momentOf(parseLocalTime(textParameter(call, 'current_time')));
    yield textMessage(localTimeText(zoneNamed(textParameter(call, 'target_timezone')).at(moment)));
  },
};
