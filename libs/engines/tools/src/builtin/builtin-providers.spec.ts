import { BuiltinTools } from '../runtime/builtin-tools.js';
import { builtinProviders } from './builtin-providers.js';

/** Contract models-agents-tools 9.2, trace console/tools: `name type form`, `*` for required. */
const EXPECTED: Record<string, string[]> = {
  'audio asr': ['audio_file file llm*', 'model select form*'],
  'audio tts': ['text string llm*', 'model select form*'],
  'code simple_code': ['language string llm*', 'code string llm*'],
  'time current_time': ['format string form', 'timezone select form'],
  'time localtime_to_timestamp': ['localtime string llm*', 'timezone string llm'],
  'time timestamp_to_localtime': ['timestamp number llm*', 'timezone string llm'],
  'time timezone_conversion': ['current_time string llm*', 'current_timezone string llm*', 'target_timezone string llm*'],
  'time weekday': ['year number llm*', 'month number llm*', 'day number llm*'],
  'webscraper webscraper': ['url string llm*', 'user_agent string form', 'generate_summary boolean form'],
};

describe('builtinProviders', () => {
  it('should be those of the contract, with their parameters', () => {
    const found = builtinProviders.flatMap(({ declaration, tools }) =>
      tools.map(({ declaration: tool }) => [
        `${declaration.name} ${tool.name}`,
        tool.parameters.map(({ name, type, form, required }) => `${name} ${type} ${form}${required ? '*' : ''}`),
      ]),
    );
    expect(Object.fromEntries(found)).toEqual(EXPECTED);
    expect(builtinProviders.map(({ declaration }) => declaration.name)).toEqual(['audio', 'code', 'time', 'webscraper']);
    expect(builtinProviders.map(({ declaration }) => declaration.labels)).toEqual([
      ['utilities'],
      ['productivity'],
      ['utilities'],
      ['productivity'],
    ]);
  });

  it('should be found by their short and long ids, and say what is missing', () => {
    const tools = new BuiltinTools(builtinProviders);
    expect(tools.tool('time', 'weekday').declaration.name).toBe('weekday');
    expect(tools.provider('langgenius/time/time')).toBe(tools.provider('time'));
    expect(() => tools.tool('time', 'no_such_tool')).toThrow('builtin tool no_such_tool not found');
    expect(() => tools.tool('ghost', 'none')).toThrow('builtin provider ghost not found');
    expect(() => tools.provider('someone/time/time')).toThrow('not found');
  });
});
