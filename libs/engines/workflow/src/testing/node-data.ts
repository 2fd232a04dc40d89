/** The `data` of a node of a test's graph. */
export type NodeSettings = Record<string, unknown> & { type: string };

type Names = Record<string, readonly string[]>;

const selectors = (names: Names): { variable: string; value_selector: readonly string[] }[] =>
  Object.entries(names).map(([variable, value_selector]) => ({ variable, value_selector }));

/** A start node with these fields, of texts unless told otherwise. */
export function startData(fields: readonly string[] = [], type = 'text-input'): NodeSettings {
  return { type: 'start', variables: fields.map((variable) => ({ variable, type, max_length: 1000 })) };
}

/** A model that gets the prompts, by role. */
export function llmData(prompts: Record<string, string>, more: Record<string, unknown> = {}): NodeSettings {
  return {
    type: 'llm',
    model: { provider: 'langgenius/openai_api_compatible/openai_api_compatible', name: 'mock-chat', mode: 'chat', completion_params: {} },
    prompt_template: Object.entries(prompts).map(([role, text]) => ({ role, text })),
    context: { enabled: false },
    vision: { enabled: false },
    ...more,
  };
}

export function answerData(answer: string): NodeSettings {
  return { type: 'answer', answer };
}

export function endData(outputs: Names): NodeSettings {
  return { type: 'end', outputs: selectors(outputs) };
}

export function templateData(template: string, variables: Names = {}): NodeSettings {
  return { type: 'template-transform', template, variables: selectors(variables) };
}

/** Code by its text, or by its name where the sandbox is a double. */
export function codeData(outputs: Record<string, string>, variables: Names = {}, code = 'def main(): ...'): NodeSettings {
  return {
    type: 'code',
    code_language: 'python3',
    code,
    variables: selectors(variables),
    outputs: Object.fromEntries(Object.entries(outputs).map(([name, type]) => [name, { type, children: null }])),
  };
}

/** A tool of a provider of the core. */
export function toolData(provider: string, tool_name: string, tool_parameters: Record<string, unknown> = {}): NodeSettings {
  return {
    type: 'tool',
    provider_id: provider,
    provider_type: 'builtin',
    provider_name: provider,
    tool_name,
    tool_configurations: {},
    tool_parameters,
  };
}

/** A GET to the recorder's server, unless told otherwise. */
export function httpData(more: Record<string, unknown> = {}): NodeSettings {
  return {
    type: 'http-request',
    method: 'get',
    url: 'http://127.0.0.1:9911/',
    authorization: { type: 'no-auth', config: null },
    headers: '',
    params: '',
    body: { type: 'none', data: [] },
    timeout: { max_connect_timeout: 0, max_read_timeout: 0, max_write_timeout: 0 },
    ssl_verify: true,
    variables: [],
    ...more,
  };
}

/** One case, `true`, of one condition. */
export function ifData(variable_selector: readonly string[], comparison_operator: string, value: string): NodeSettings {
  return {
    type: 'if-else',
    cases: [{ case_id: 'true', logical_operator: 'and', conditions: [{ variable_selector, comparison_operator, value }] }],
  };
}

/** Writes one variable; `value` is a selector or a constant. */
export function assignData(
  variable_selector: readonly string[],
  operation: string,
  value: unknown,
  desc: string | null = '',
): NodeSettings {
  const item = { variable_selector, input_type: Array.isArray(value) ? 'variable' : 'constant', operation, value };
  return { type: 'assigner', version: '2', desc, items: [item] };
}

export function iterationData(
  iterator_selector: readonly string[],
  output_selector: readonly string[],
  more: Record<string, unknown> = {},
): NodeSettings {
  return { type: 'iteration', iterator_selector, output_selector, is_parallel: false, error_handle_mode: 'terminated', ...more };
}

/** A loop of at most ten rounds over one number, left once it is at least `until`. */
export function loopData(id: string, label: string, from: number, until: string): NodeSettings {
  return {
    type: 'loop',
    loop_count: 10,
    logical_operator: 'and',
    break_conditions: [{ variable_selector: [id, label], comparison_operator: '≥', value: until }],
    loop_variables: [{ label, var_type: 'number', value_type: 'constant', value: from }],
  };
}
