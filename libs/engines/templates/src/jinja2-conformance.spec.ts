import { readFileSync } from 'node:fs';
import { PyFloat } from '#common';
import { JinjaEnvironment } from './jinja-environment.js';
import { TemplateError } from './templates.errors.js';

interface RecordedCase {
  template: string;
  /** What it renders to; absent when it fails. */
  text?: string;
  /** Name of the exception. */
  error?: string;
  message?: string;
  /** With syntax errors. */
  line?: number;
}

interface Recording {
  variables: Record<string, unknown>;
  cases: RecordedCase[];
}

const { variables, cases } = JSON.parse(readFileSync(new URL('./__fixtures__/jinja2-3.1.6.json', import.meta.url), 'utf8')) as Recording;
const given = { ...variables, f: new PyFloat(1), big: 10n ** 20n, mixed: [1, new PyFloat(2), 'a', null, true, { k: 1.5 }] };

/** Where our words differ on purpose: they say more, or name no internals. */
const OWN_MESSAGES = new Set([
  '{% for a, b in [1,2] %}{{ a }}{% endfor %}',
  '{% set true = 1 %}',
  "{% include 'x' %}",
  "{% extends 'x' %}",
]);

describe('JinjaEnvironment against recorded answers of Jinja2', () => {
  const render = (template: string): string => {
    const environment = new JinjaEnvironment();
    environment.add('t', template);
    return environment.render('t', given);
  };

  it.each(cases.filter(({ text }) => text !== undefined))('should render $template', ({ template, text }) => {
    expect(render(template)).toBe(text);
  });

  it.each(cases.filter(({ error }) => error !== undefined))(
    'should fail with $error for $template',
    ({ template, error, message, line }) => {
      let failure: unknown;
      try {
        render(template);
      } catch (thrown) {
        failure = thrown;
      }

      expect(failure).toBeInstanceOf(TemplateError);
      expect((failure as TemplateError).exceptionType).toBe(error);
      if (!OWN_MESSAGES.has(template)) expect((failure as TemplateError).detail).toBe(message);
      if (line !== undefined) expect((failure as TemplateError).line).toBe(line);
    },
  );
});
