import type { BuiltinTool } from '../../runtime/builtin-tool.js';
import { textParameter } from '../../runtime/parameter-readers.js';
import { textMessage } from '../../types/tool-message.js';
import { toolParameter } from '../../types/tool-parameter.js';
import { toolText } from '../../types/tool-text.js';
import { strftime } from './strftime.js';
import { TimeZone } from './time-zone.js';

/** The zones that the form offers; a workflow may name any other. */
const ZONES: readonly (readonly [zone: string, chinese: string])[] = [
  ['UTC', 'UTC'],
  ['America/New_York', '美洲/纽约'],
  ['America/Los_Angeles', '美洲/洛杉矶'],
  ['America/Chicago', '美洲/芝加哥'],
  ['America/Sao_Paulo', '美洲/圣保罗'],
  ['Asia/Shanghai', '亚洲/上海'],
  ['Asia/Ho_Chi_Minh', '亚洲/胡志明市'],
  ['Asia/Tokyo', '亚洲/东京'],
  ['Asia/Dubai', '亚洲/迪拜'],
  ['Asia/Kolkata', '亚洲/加尔各答'],
  ['Asia/Seoul', '亚洲/首尔'],
  ['Asia/Singapore', '亚洲/新加坡'],
  ['Europe/London', '欧洲/伦敦'],
  ['Europe/Berlin', '欧洲/柏林'],
  ['Europe/Moscow', '欧洲/莫斯科'],
  ['Australia/Sydney', '澳大利亚/悉尼'],
  ['Pacific/Auckland', '太平洋/奥克兰'],
  ['Africa/Cairo', '非洲/开罗'],
];

/** Where nobody set a format, the zone is told as well. */
const UNSET_FORMAT = '%Y-%m-%d %H:%M:%S %Z';

/** What time it is. */
export const currentTimeTool: BuiltinTool = {
  declaration: {
    author: 'Baya',
    name: 'current_time',
    label: toolText('Current Time', { zh_Hans: '获取当前时间' }),
    description: toolText('Tells the current date and time.', { zh_Hans: '告知当前的日期和时间。' }),
    llmDescription: 'Tells the current date and time.',
    parameters: [
      toolParameter({
        name: 'format',
        type: 'string',
        form: 'form',
        default: '%Y-%m-%d %H:%M:%S',
        label: toolText('Format', { zh_Hans: '格式' }),
        human_description: toolText('How the time is written, with the directives of strftime.', {
          zh_Hans: '时间的写法，使用 strftime 的格式符。',
        }),
      }),
      toolParameter({
        name: 'timezone',
        type: 'select',
        form: 'form',
        default: 'UTC',
        label: toolText('Timezone', { zh_Hans: '时区' }),
        human_description: toolText('The zone whose clocks are read.', { zh_Hans: '以哪个时区为准。' }),
        options: ZONES.map(([value, zh_Hans]) => ({ value, label: toolText(value, { zh_Hans }), icon: null })),
      }),
    ],
    outputSchema: {},
  },
  async *invoke(call) {
    const name = textParameter(call, 'timezone') || 'UTC';
    const zone = TimeZone.find(name);
    if (zone === undefined) yield textMessage(`Invalid timezone: ${name}`);
    else yield textMessage(strftime(textParameter(call, 'format') || UNSET_FORMAT, zone.at(call.ports.clock.now())));
  },
};
