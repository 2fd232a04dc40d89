import type { BuiltinProvider } from '../../runtime/builtin-tool.js';
import { toolText } from '../../types/tool-text.js';
import { simpleCodeTool } from './simple-code.tool.js';

/** Programs of a model's or a person's own (contract models-agents-tools 9.2). */
export const codeProvider: BuiltinProvider = {
  declaration: {
    name: 'code',
    author: 'Baya',
    label: toolText('Code Interpreter', { zh_Hans: '代码解释器', pt_BR: 'Interpretador de Código' }),
    description: toolText('Runs programs in a sandbox.', { zh_Hans: '在沙箱中运行程序。' }),
    labels: ['productivity'],
  },
  tools: [simpleCodeTool],
};
