import { toolParameter, type ToolParameter } from '../../types/tool-parameter.js';
import { toolText, type ToolText } from '../../types/tool-text.js';

/** A parameter that names a time zone. */
export function zoneParameter(name: string, facts: { label: ToolText; default: string; required: boolean }): ToolParameter {
  return toolParameter({
    name,
    type: 'string',
    form: 'llm',
    ...facts,
    human_description: toolText('A time zone, such as Asia/Shanghai.', { zh_Hans: '时区，例如 Asia/Shanghai。' }),
    llm_description: 'Name of a time zone in the tz database, such as Asia/Shanghai.',
  });
}

/** A parameter that holds a local time. */
export function localTimeParameter(name: string, label: ToolText): ToolParameter {
  return toolParameter({
    name,
    type: 'string',
    form: 'llm',
    required: true,
    label,
    human_description: toolText('A local time, such as 2024-1-1 0:0:0.', { zh_Hans: '本地时间，例如 2024-1-1 0:0:0。' }),
    llm_description: 'A local time in the form year-month-day hour:minute:second, such as 2024-1-1 0:0:0.',
  });
}
