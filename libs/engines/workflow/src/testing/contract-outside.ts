import type { CodeResult } from '#engines/sandbox';
import type { InvokeMessage } from '../ports/invoke-message.js';
import { WorkflowTools, type ToolChoice, type WorkflowTool, type WorkflowToolCall } from '../ports/tools.port.js';
import type { WorkflowPorts } from '../ports/workflow-ports.js';
import { NamedCode } from './contract-run.js';
import { MockHttp } from './mock-http.js';
import { MOCK_TEXT, MockModels } from './mock-models.js';

const JSON_BODY = '{"key": "value", "number": 42}';

/** What the code of the fixtures of contract workflow-engine 13 gives, by its name. */
const CODE: ConstructorParameters<typeof NamedCode>[0] = {
  'one to three': () => ({ result: [1, 2, 3] }),
  'once and twice': ({ arg1 }) => ({ result: [Number(arg1), Number(arg1) * 2] }),
  ...Object.fromEntries([1, 2, 3].map((n) => [`code ${String(n)}`, (): CodeResult['value'] => ({ result: `code ${String(n)}` })])),
};

/** The code of the fixtures of contract workflow-engine 13. */
export const contractCode = (): NamedCode => new NamedCode(CODE);

/** The outside of the fixtures of contract workflow-engine 13, by its conventions. `model` is what models say that are not told a language. */
export function contractOutside(model = MOCK_TEXT): Partial<WorkflowPorts> {
  return {
    models: new MockModels(({ request }) => {
      const asked = JSON.stringify(request.messages);
      if (asked.includes('Chinese')) return '你好，我是AI助手。';
      return asked.includes('speak English') ? 'Hello, I am an AI assistant.' : model;
    }),
    http: new MockHttp({ body: JSON_BODY }),
    sandbox: contractCode(),
    tools: new ContractTools(),
  };
}

/** Tools that tell the time, search, and read JSON. */
class ContractTools extends WorkflowTools {
  override find({ toolName }: ToolChoice): Promise<WorkflowTool> {
    const parameters = toolName === 'parse' ? ([{ name: 'content', form: 'llm', required: true }] as const) : [];
    return Promise.resolve({ parameters, invoke: (call) => this.play(toolName, call) });
  }

  private async *play(tool: string, { given }: WorkflowToolCall): AsyncGenerator<InvokeMessage> {
    await Promise.resolve();
    if (tool === 'parse') yield { type: 'variable', name: 'result', value: JSON.parse(String(given.content)), isStreamed: false };
    else yield { type: 'text', text: tool === 'search' ? '- mocked search result' : '2025-08-04 19:00:00' };
  }
}
