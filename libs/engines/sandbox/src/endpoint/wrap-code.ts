import type { CodeLanguage } from '../code-sandbox.port.js';

/** Stands before and after the result in what the program prints (contract workflow-engine 7.10). */
const TAG = '<<RESULT>>';

/** A whole program: the code, a call of its `main` with the inputs, and its result printed between tags. */
export function wrapCode(language: CodeLanguage, code: string, inputsJson: string): string {
  const inputs = Buffer.from(inputsJson).toString('base64');
  return language === 'python3' ? pythonProgram(code, inputs) : javascriptProgram(code, inputs);
}

function pythonProgram(code: string, inputs: string): string {
  return `${code}

import base64 as _baya_base64, json as _baya_json
_baya_inputs = _baya_json.loads(_baya_base64.b64decode('${inputs}').decode('utf-8'))
print('${TAG}' + _baya_json.dumps(main(**_baya_inputs)) + '${TAG}')
`;
}

function javascriptProgram(code: string, inputs: string): string {
  return `${code}

Promise.resolve(main(JSON.parse(Buffer.from('${inputs}', 'base64').toString('utf8')))).then(
  (result) => console.log('${TAG}' + JSON.stringify(result) + '${TAG}'),
  (error) => { console.error(error); process.exitCode = 1 },
)
`;
}

/** The result's JSON, and what the code itself printed; null when there is no result. Tags that the code printed come before ours. */
export function splitOutput(stdout: string): { json: string; printed: string } | null {
  const end = stdout.lastIndexOf(TAG);
  const begin = end < 0 ? -1 : stdout.lastIndexOf(TAG, end - 1);
  return begin < 0 ? null : { json: stdout.slice(begin + TAG.length, end), printed: stdout.slice(0, begin) };
}
