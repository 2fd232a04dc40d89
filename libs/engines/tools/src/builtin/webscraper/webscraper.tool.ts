import type { BuiltinTool } from '../../runtime/builtin-tool.js';
import { textParameter } from '../../runtime/parameter-readers.js';
import { requiredToolPort } from '../../runtime/required-tool-port.js';
import { ToolError, ToolInvokeError } from '../../tools.errors.js';
import { textMessage } from '../../types/tool-message.js';
import { toolParameter } from '../../types/tool-parameter.js';
import { toolText } from '../../types/tool-text.js';
import { pageText } from './page-text.js';
import { summarize } from './summary.js';

const USER_AGENT = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/100.0.1000.0 Safari/537.36';
/** Bytes of a page. */
const MAX_BYTES = 2 * 1024 * 1024;

/** Reads a page of the web. */
export const webscraperTool: BuiltinTool = {
  declaration: {
    author: 'Baya',
    name: 'webscraper',
    label: toolText('Web Scraper', { zh_Hans: '网页爬虫' }),
    description: toolText('Reads the text of a web page.', { zh_Hans: '读取网页的正文。' }),
    llmDescription: 'Reads the text of a web page.',
    parameters: [
      toolParameter({
        name: 'url',
        type: 'string',
        form: 'llm',
        required: true,
        label: toolText('URL', { zh_Hans: '网页链接' }),
        human_description: toolText('Address of the page.', { zh_Hans: '网页的地址。' }),
        llm_description: 'Address of the page, with http:// or https://.',
      }),
      toolParameter({
        name: 'user_agent',
        type: 'string',
        form: 'form',
        default: USER_AGENT,
        label: toolText('User Agent'),
        human_description: toolText('The browser that the tool says it is.', { zh_Hans: '请求时声明的浏览器标识。' }),
      }),
      toolParameter({
        name: 'generate_summary',
        type: 'boolean',
        form: 'form',
        default: 'false',
        label: toolText('Whether to generate summary', { zh_Hans: '是否生成摘要' }),
        human_description: toolText("Gives a summary by the workspace's default model in place of the text.", {
          zh_Hans: '用工作区的默认模型生成摘要，代替正文。',
        }),
        options: [
          { value: 'true', label: toolText('Yes', { zh_Hans: '是' }), icon: null },
          { value: 'false', label: toolText('No', { zh_Hans: '否' }), icon: null },
        ],
      }),
    ],
    outputSchema: {},
  },
  async *invoke(call) {
    const { ports, signal, parameters } = call;
    const url = textParameter(call, 'url').trim();
    if (url === '') {
      yield textMessage('Please input url');
      return;
    }
    const web = requiredToolPort(ports, 'web');
    try {
      const page = await web.fetch({ url, userAgent: textParameter(call, 'user_agent') || USER_AGENT, maxBytes: MAX_BYTES, signal });
      const text = await pageText(page, signal);
      yield textMessage(parameters.generate_summary === true ? await summarize(text, requiredToolPort(ports, 'summarizer'), signal) : text);
    } catch (error) {
      if (signal.aborted || error instanceof ToolError) throw error;
      throw new ToolInvokeError(error instanceof Error ? error.message : String(error), { cause: error });
    }
  },
};
