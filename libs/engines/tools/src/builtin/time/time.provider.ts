import type { BuiltinProvider } from '../../runtime/builtin-tool.js';
import { toolText } from '../../types/tool-text.js';
import { currentTimeTool } from './current-time.tool.js';
import { localtimeToTimestampTool } from './localtime-to-timestamp.tool.js';
import { timestampToLocaltimeTool } from './timestamp-to-localtime.tool.js';
import { timezoneConversionTool } from './timezone-conversion.tool.js';
import { weekdayTool } from './weekday.tool.js';

/** Clock and calendar (contract models-agents-tools 9.2). */
export const timeProvider: BuiltinProvider = {
  declaration: {
    name: 'time',
    author: 'Baya',
    label: toolText('CurrentTime', { zh_Hans: '时间' }),
    description: toolText('Tells the time and reckons with dates and time zones.', { zh_Hans: '查询时间，换算日期和时区。' }),
    labels: ['utilities'],
  },
  tools: [timezoneConversionTool, timestampToLocaltimeTool, weekdayTool, currentTimeTool, localtimeToTimestampTool],
};
