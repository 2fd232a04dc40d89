import type { BuiltinProvider } from '../../runtime/builtin-tool.js';
import { toolText } from '../../types/tool-text.js';
import { webscraperTool } from './webscraper.tool.js';

/** Pages of the web (contract models-agents-tools 9.2). */
export const webscraperProvider: BuiltinProvider = {
  declaration: {
    name: 'webscraper',
    author: 'Baya',
    label: toolText('WebScraper', { zh_Hans: '网页抓取' }),
    description: toolText('Reads pages of the web.', { zh_Hans: '读取网页。' }),
    labels: ['productivity'],
  },
  tools: [webscraperTool],
};
