import { CodeFailure, type CodeLanguage } from '#engines/sandbox';
import type { BuiltinTool } from '../../runtime/builtin-tool.js';
import { textParameter } from '../../runtime/parameter-readers.js';
import { requiredToolPort } from '../../runtime/required-tool-port.js';
import { ToolInvokeError, ToolParameterError } from '../../tools.errors.js';
import { textMessage } from '../../types/tool-message.js';
import { toolParameter } from '../../types/tool-parameter.js';
import { toolText } from '../../types/tool-text.js';
import { asProgram } from './as-program.js';

const LANGUAGES: readonly (readonly [CodeLanguage, string])[] = [
  ['python3', 'Python3'],
  ['javascript', 'JavaScript'],
];

/** Runs a program in the sandbox; its result is what it prints. */
export const simpleCodeTool: BuiltinTool = {
  declaration: {
    author: 'Baya',
    name: 'simple_code',
    label: toolText('Code Interpreter', { zh_Hans: '代码解释器' }),
    description: toolText('Runs a program and gives back what it prints.', { zh_Hans: '运行一段程序，返回它打印的内容。' }),
    llmDescription: 'Runs a program and gives back what it prints.',
    parameters: [
      toolParameter({
        name: 'language',
        type: 'string',
        form: 'llm',
        required: true,
        label: toolText('Language', { zh_Hans: '语言' }),
        human_description: toolText('The language of the program.', { zh_Hans: '程序的语言。' }),
        llm_description: 'The language of the program: "python3" or "javascript".',
        options: LANGUAGES.map(([value, label]) => ({ value, label: toolText(label), icon: null })),
      }),
      toolParameter({
        name: 'code',
        type: 'string',
        form: 'llm',
        required: true,
        label: toolText('Code', { zh_Hans: '代码' }),
        human_description: toolText('The program.', { zh_Hans: '要运行的程序。' }),
        llm_description: 'The program. It prints its result; it has the standard library and neither network nor files.',
      }),
    ],
    outputSchema: {},
  },
  async *invoke(call) {
    const language = textParameter(call, 'language');
    if (!isLanguage(language)) throw new ToolParameterError(`Only python3 and javascript are supported, not ${language}`);
    const sandbox = requiredToolPort(call.ports, 'sandbox');
    let printed: string;
    try {
      const code = asProgram(language, textParameter(call, 'code'));
      printed = (await sandbox.run({ language, code, inputs: {}, signal: call.signal })).stdout;
    } catch (error) {
      if (error instanceof CodeFailure) throw new ToolInvokeError(error.message, { cause: error });
      throw error;
    }
    yield textMessage(printed);
  },
};

function isLanguage(text: string): text is CodeLanguage {
  return LANGUAGES.some(([language]) => language === text);
}
