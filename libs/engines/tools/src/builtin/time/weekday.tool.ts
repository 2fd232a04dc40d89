import type { BuiltinTool } from '../../runtime/builtin-tool.js';
import { numberParameter } from '../../runtime/parameter-readers.js';
import { textMessage } from '../../types/tool-message.js';
import { toolParameter, type ToolParameter } from '../../types/tool-parameter.js';
import { toolText, type ToolText } from '../../types/tool-text.js';
import { isDate } from './local-time.js';
import { dayName, monthName } from './strftime.js';

/** Which day of the week a date is. */
export const weekdayTool: BuiltinTool = {
  declaration: {
    author: 'Baya',
    name: 'weekday',
    label: toolText('Weekday Calculator', { zh_Hans: '星期几计算器' }),
    description: toolText('Tells which day of the week a date is.', { zh_Hans: '告知某个日期是星期几。' }),
    llmDescription: 'Tells which day of the week a date is.',
    parameters: [
      part('year', toolText('Year', { zh_Hans: '年' })),
      part('month', toolText('Month', { zh_Hans: '月' })),
      part('day', toolText('day', { zh_Hans: '日' })),
    ],
    outputSchema: {},
  },
  async *invoke(call) {
    const [year = 0, month = 0, day = 0] = ['year', 'month', 'day'].map((name) => numberParameter(call, name));
    if (!isDate(year, month, day)) yield textMessage(`Invalid date: Year ${year}, Month ${month}, Day ${day}.`);
    else yield textMessage(`${monthName(month)} ${day}, ${year} is ${dayName(year, month, day)}.`);
  },
};

function part(name: string, label: ToolText): ToolParameter {
  return toolParameter({
    name,
    type: 'number',
    form: 'llm',
    required: true,
    label,
    human_description: label,
    llm_description: `The ${name} of the date.`,
  });
}
