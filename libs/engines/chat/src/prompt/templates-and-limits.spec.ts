import type { ModelSchema } from '#engines/model-runtime';
import { schemaFactory } from '../testing/schema.factory.js';
import { defaultPromptTemplate } from './default-templates.js';
import { fitMaxTokens, maxTokensOf } from './max-tokens.js';
import { openingStatement } from './opening-statement.js';

describe('defaultPromptTemplate', () => {
  const query = { appMode: 'chat', modelMode: 'chat', hasContext: false, modelName: 'gpt' };

  it.each([
    ['chat', 'system'],
    ['completion', 'user'],
  ])('should give a %s app with a chat model one %s message', (appMode, role) => {
    expect(defaultPromptTemplate({ ...query, appMode })).toEqual({ chat_prompt_config: { prompt: [{ role, text: '{{#pre_prompt#}}' }] } });
  });

  it('should give a chat app with a completion model text, prefixes and a stop', () => {
    const template = defaultPromptTemplate({ ...query, modelMode: 'completion' });

    expect(template).toMatchObject({
      completion_prompt_config: { conversation_histories_role: { user_prefix: 'Human', assistant_prefix: 'Assistant' } },
      stop: ['Human:'],
    });
    expect(JSON.stringify(template)).toMatch(/pre_prompt#.*#histories#.*Human: \{\{#query#.*Assistant: /);
  });

  it('should give a completion app with a completion model text and a stop', () => {
    expect(defaultPromptTemplate({ ...query, appMode: 'completion', modelMode: 'completion' })).toEqual({
      completion_prompt_config: { prompt: { text: '{{#pre_prompt#}}' } },
      stop: ['Human:'],
    });
  });

  it.each(['chat', 'completion'])('should put the context block first for a %s model', (modelMode) => {
    expect(JSON.stringify(defaultPromptTemplate({ ...query, modelMode, hasContext: true }))).toMatch(/<context>.*#context#.*#pre_prompt#/);
  });

  it('should give models of Baichuan the Chinese parts', () => {
    expect(defaultPromptTemplate({ ...query, modelMode: 'completion', modelName: 'Baichuan2-Turbo' })).toMatchObject({ stop: ['用户：'] });
  });

  it.each([
    { ...query, appMode: 'workflow' },
    { ...query, modelMode: 'poem' },
  ])('should give nothing for $appMode and $modelMode', (unknown) => {
    expect(defaultPromptTemplate(unknown)).toEqual({});
  });
});

describe('fitMaxTokens', () => {
  const rule = (name: string, useTemplate: string | null = null): ModelSchema =>
    schemaFactory({ properties: { context_size: 100 }, ruleNames: [[name, useTemplate]] });

  it.each<[ModelSchema | null, Record<string, unknown>, number, Record<string, unknown>]>([
    [rule('max_tokens'), { max_tokens: 50 }, 50, { max_tokens: 50 }],
    [rule('max_tokens'), { max_tokens: 50 }, 60, { max_tokens: 40 }],
    [rule('max_tokens'), { max_tokens: 50 }, 99, { max_tokens: 16 }],
    [rule('max_output', 'max_tokens'), { max_output: 50 }, 60, { max_output: 40 }],
    [rule('temperature'), { max_tokens: 50 }, 99, { max_tokens: 50 }],
    [rule('max_tokens'), {}, 99, {}],
    [schemaFactory({ ruleNames: [['max_tokens', null]] }), { max_tokens: 50 }, 99, { max_tokens: 50 }],
    [null, { max_tokens: 50 }, 99, { max_tokens: 50 }],
  ])('case %#', (schema, parameters, promptTokens, expected) => {
    expect(fitMaxTokens(schema, parameters, promptTokens)).toEqual(expected);
  });

  it('should read an unset limit as 0', () => {
    expect(maxTokensOf(rule('max_tokens'), {})).toBe(0);
    expect(maxTokensOf(rule('max_tokens'), { max_tokens: '7' })).toBe(0);
  });
});

describe('openingStatement', () => {
  it.each([
    ['Hello! I am {{role}}.', { role: null }, 'Hello! I am .'],
    ['Hello! I am {{role}}.', {}, 'Hello! I am .'],
    ['Hello! I am {{role}}.', { role: 'a poet' }, 'Hello! I am a poet.'],
    ['{{constructor}}', {}, ''],
    ['', { role: 'x' }, ''],
  ])('should fill %j with %j as %j (traces web/chat)', (statement, inputs, expected) => {
    expect(openingStatement(statement, inputs)).toBe(expected);
  });
});
