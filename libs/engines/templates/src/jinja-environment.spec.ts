import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { PyFloat } from '#common';
import { JinjaEnvironment } from './jinja-environment.js';
import { TemplateError } from './templates.errors.js';

function render(source: string, variables: Record<string, unknown> = {}): string {
  const environment = new JinjaEnvironment();
  environment.add('t', source);
  return environment.render('t', variables);
}

function failureOf(source: string, variables: Record<string, unknown> = {}): TemplateError {
  try {
    render(source, variables);
  } catch (error) {
    if (error instanceof TemplateError) return error;
    throw error;
  }
  throw new Error(`${source} did not fail`);
}

describe('JinjaEnvironment', () => {
  it('should keep templates by name until it is disposed', () => {
    const environment = new JinjaEnvironment();
    environment.add('a', 'A{{ x }}');
    environment.add('b', 'B{{ x }}');

    expect([environment.render('a', { x: 1 }), environment.render('b', { x: 2 }), environment.render('a', {})]).toEqual(['A1', 'B2', 'A']);

    environment.dispose();
    expect(environment.has('a')).toBe(false);
    expect(() => environment.render('a', {})).toThrow(TemplateError);
  });

  it('should tell a float from an integer where the variables do', () => {
    expect(
      render('{{ i }} {{ f }} {{ l }} {{ i / 1 }} {{ f + i }} {{ f is float }} {{ l|tojson }}', {
        i: 1,
        f: new PyFloat(1),
        l: [1, new PyFloat(2)],
      }),
    ).toBe('1 1.0 [1, 2.0] 1.0 2.0 True [1, 2.0]');
  });

  it('should not change what it was given, nor remember it', () => {
    const environment = new JinjaEnvironment();
    const list = [1];
    const map = { a: 1 };
    environment.add(
      't',
      '{% set _ = list.append(2) %}{% set _ = map.update({"b": 2}) %}{% set kept = 1 %}{{ list }}{{ map }}{{ kept_before }}',
    );

    expect(environment.render('t', { list, map })).toBe("[1, 2]{'a': 1, 'b': 2}");
    expect(environment.render('t', { list, map })).toBe("[1, 2]{'a': 1, 'b': 2}");
    expect([list, map]).toEqual([[1], { a: 1 }]);
  });

  it('should take keys of any name as plain data', () => {
    const data = JSON.parse('{"__proto__": {"x": 1}, "constructor": 2, "toString": 3}') as Record<string, unknown>;

    expect(
      render(
        '{{ d["__proto__"] }} {{ d.constructor }} {{ d.toString }} {{ d|length }} {{ e.hasOwnProperty }}|{{ __proto__ }}|{{ constructor }}',
        { d: data, e: {} },
      ),
    ).toBe("{'x': 1} 2 3 3 ||");
  });

  it.each([
    ['line 1\n{{ q | }}', 'TemplateSyntaxError', 2],
    ['{% if x %}\n\n{{ a b }}{% endif %}', 'TemplateSyntaxError', 3],
    ['a\n\n{% for %}', 'TemplateSyntaxError', 3],
    ['\n{{ q|nofilter }}', 'TemplateAssertionError', 2],
  ])('should refuse %j when it is added, with the line', (source, exceptionType, line) => {
    expect(failureOf(source)).toMatchObject({ reason: 'syntax', exceptionType, line, template: 't' });
  });

  it('should say what can not be computed, and where', () => {
    const failure = failureOf('a\nb\n{{ user.address.city }}', { user: {} });

    expect(failure).toMatchObject({
      reason: 'render',
      exceptionType: 'UndefinedError',
      detail: "'dict object' has no attribute 'address'",
      line: 3,
    });
    expect(failure.message).toBe("UndefinedError: 'dict object' has no attribute 'address' (template t, line 3)");
  });

  it('should render values of JSON as Python prints them', () => {
    const variables = {
      none: null,
      yes: true,
      text: "it's",
      list: ['a', null, false, { k: 'ü' }],
      map: { a: [1.5], 'b c': '"' },
      empty: {},
    };

    expect(render('{{ none }}|{{ yes }}|{{ text }}|{{ list }}|{{ map }}|{{ empty }}', variables)).toBe(
      "None|True|it's|['a', None, False, {'k': 'ü'}]|{'a': [1.5], 'b c': '\"'}|{}",
    );
  });

  describe('escapes', () => {
    it.each([
      "{{ ''.__class__.__mro__[1].__subclasses__() }}",
      "{{ ''.__class__.__base__.__subclasses__() }}",
      '{{ config.__class__.__init__.__globals__ }}',
      '{{ cycler.__init__.__globals__.os.popen("id").read() }}',
      '{{ joiner.__init__.__globals__ }}{{ joiner.__init__.__globals__.os }}',
      '{{ namespace.__init__.__globals__.os }}',
      '{{ lipsum.__globals__["os"].popen("id").read() }}',
      '{{ self.__init__.__globals__.__builtins__ }}',
      '{{ self._TemplateReference__context.cycler.__init__.__globals__.os }}',
      '{{ request.application.__globals__.__builtins__ }}',
      '{{ range.constructor("return process")() }}',
      '{{ "".constructor.constructor("return process")() }}',
      '{{ [].constructor.constructor("return globalThis")() }}',
      '{{ {}.constructor.prototype.polluted }}',
      '{{ {}["__proto__"]["polluted"] }}',
      '{{ ""["constructor"]["constructor"]("return 1")() }}',
      '{{ ("".toString).call() }}',
      '{{ [].map.constructor("return 1")() }}',
      '{{ (1).toFixed.constructor("return 1")() }}',
      '{{ "x"|attr("constructor")|attr("constructor") is callable }}{{ "x"|attr("constructor")() }}',
      '{{ "x"|attr("__class__")|attr("__mro__")() }}',
      '{{ [""]|map(attribute="constructor.constructor")|first()("return 1") }}',
      '{% set ns = namespace() %}{% set ns.__proto__ = {"polluted": 1} %}{{ ns.polluted() }}',
      '{% macro m() %}{% endmacro %}{{ m.constructor("return 1")() }}',
      '{% for x in [1] %}{{ loop.constructor("return 1")() }}{% endfor %}',
      '{{ "{0.__class__.__mro__}".format("") }}{{ "{0.constructor}".format("")() }}',
      '{{ "{x.constructor.constructor}".format(x="")() }}',
      '{{ process.env.HOME() }}',
      '{{ globalThis.process() }}',
      '{{ require("fs") }}',
      '{% include "/etc/passwd" %}',
      '{% extends "/etc/passwd" %}',
      '{% import "os" as os %}',
    ])('should lead nowhere: %s', (source) => {
      expect(failureOf(source).exceptionType).toMatch(/^(UndefinedError|TypeError|AttributeError|KeyError)$/);
      expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    });

    it.each([
      'constructor',
      '__proto__',
      'prototype',
      '__class__',
      'length',
      'toString',
      'call',
      'hasOwnProperty',
      'valueOf',
      'entryByKey',
      'items',
    ])('should not see %s of what carries the values', (name) => {
      const text = render(
        `{{ s.${name} is defined }} {{ l.${name} is defined }} {{ n.${name} is defined }} {{ d["${name}"] is string }} {{ range.${name} is defined }}`,
        {
          s: '',
          l: [],
          n: 1,
          d: {},
        },
      );

      expect(text).toBe('False False False False False');
    });
  });

  describe('bombs', () => {
    const BOMBS = [
      '{{ "x" * 1000000000 }}',
      '{{ [0] * 1000000000 }}',
      '{{ (0,) * 1000000000 }}',
      '{% set ns = namespace(s="x") %}{% for i in range(100) %}{% set ns.s = ns.s ~ ns.s %}{% endfor %}',
      '{% set ns = namespace(s="x") %}{% for i in range(100) %}{% set ns.s = ns.s + ns.s %}{% endfor %}',
      '{% set l = [1] %}{% for i in range(100) %}{% set _ = l.extend(l) %}{% endfor %}',
      '{% for i in range(1000000) %}{% for j in range(1000000) %}x{% endfor %}{% endfor %}',
      '{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}',
      '{% macro m(n) %}{{ m(n) }}{{ m(n) }}{% endmacro %}{{ m(1) }}',
      '{% for a in range(9) recursive %}{{ loop(range(9)) }}{% endfor %}',
      '{{ range(10**12)|list }}',
      '{{ range(10**12)|sum }}',
      '{{ range(10**12)|max }}',
      '{{ 1.5 in range(10**12)|map("string") }}',
      '{% for i in range(10**12) %}{% endfor %}',
      '{{ 9**99999999 }}',
      '{{ "%999999999d" % 1 }}',
      '{{ "%*d" % (999999999, 1) }}',
      '{{ "{:999999999}".format(1) }}',
      '{{ "{:{w}}".format(1, w=999999999) }}',
      '{{ "a"|center(999999999) }}',
      '{{ "a".center(999999999) }}',
      '{{ "a".ljust(999999999) }}',
      '{{ "a".zfill(999999999) }}',
      '{{ "a\n"|indent(999999999, true) }}',
      '{{ "\t".expandtabs(999999999) }}',
      '{{ ("a" * 100000).replace("", "b" * 100000) }}',
      '{{ ("a" * 100000)|replace("a", "b" * 100000) }}',
      '{{ range(100000)|join("x" * 100000) }}',
      '{{ ("x" * 100000).join(["a"] * 100000) }}',
      '{{ [1]|batch(999999999, 0)|list }}',
      '{{ [1]|slice(999999999)|list }}',
      '{{ ([[1] * 1000] * 1000)|tojson(indent=100000) }}',
      '{{ ([[[1] * 1000] * 1000] * 1000)|string }}',
      '{{ (["&" * 1000000] * 1000)|join|e }}',
      '{% set l = [1] * 1000000 %}{% for i in range(1000) %}{{ l|sort|length }}{% endfor %}',
      '{% set l = [] %}{% set _ = l.append(l) %}{{ l }}',
      '{% set d = {} %}{% set _ = d.update({"d": d}) %}{{ d|tojson }}',
      '{% set ns = namespace(x=[]) %}{% for i in range(100000) %}{% set ns.x = [ns.x] %}{% endfor %}{{ ns.x }}',
      `{{ ${'1+'.repeat(200_000)}1 }}`,
      `{{ a${'.b'.repeat(200_000)} }}`,
      `{{ a${'|string'.repeat(100_000)} }}`,
      `{{ ${'('.repeat(50_000)}1${')'.repeat(50_000)} }}`,
      `{{ ${'['.repeat(50_000)}1${']'.repeat(50_000)} }}`,
      `{{ ${'not '.repeat(50_000)}1 }}`,
      `{{ ${'-'.repeat(50_000)}1 }}`,
      `{{ 1${' if 1 else 2'.repeat(50_000)} }}`,
      '{% if 1 %}'.repeat(50_000),
    ];

    it.each(BOMBS.map((bomb) => [bomb.slice(0, 70), bomb]))('should end %s as an error of the template', (_name, bomb) => {
      const failure = failureOf(bomb, { a: {} });

      expect(failure.reason === 'limit' || failure.exceptionType === 'TemplateSyntaxError').toBe(true);
    });

    it('should not be slowed down by long texts', () => {
      const long = 'a'.repeat(1_000_000);
      const hostile = [
        '{{ s|striptags|length }}',
        '{{ s|trim|length }}',
        '{{ s|urlize|length }}',
        '{{ s|int }}',
        '{{ s|float }}',
        '{{ s.expandtabs()|length }}',
        '{{ s|title|length }}',
      ];

      for (const text of [
        long,
        '<'.repeat(1_000_000),
        `${' '.repeat(1_000_000)}x`,
        `${'1'.repeat(1_000_000)}x`,
        '%('.repeat(500_000),
        `http://${long}!`,
      ]) {
        for (const template of hostile) expect(render(template, { s: text })).toMatch(/^[\d.]+$/);
      }
    });

    it('should pay for searches that compare much', () => {
      const variables = { hay: 'a'.repeat(1_000_000), needle: `b${'a'.repeat(500_000)}` };

      for (const search of [
        'needle in hay',
        'hay.find(needle)',
        'hay.count(needle)',
        'hay.split(needle)|length',
        'hay|replace(needle, "")|length',
      ]) {
        expect(failureOf(`{{ ${search} }}`, variables).reason).toBe('limit');
      }
    });

    it('should leave the memory of the process where it was', () => {
      setFlagsFromString('--expose-gc');
      const collect = runInNewContext('gc') as () => void;
      const used = (): number => {
        collect();
        return process.memoryUsage().heapUsed + process.memoryUsage().external;
      };
      for (const bomb of BOMBS.slice(0, 3)) failureOf(bomb, { a: {} });
      const before = used();

      for (let i = 0; i < 3; i += 1) for (const bomb of BOMBS.slice(0, 12)) failureOf(bomb, { a: {} });

      expect(used() - before).toBeLessThan(16 * 1024 * 1024);
    });

    it('should let the bounds be moved', () => {
      const environment = new JinjaEnvironment({ limits: { steps: 50, allocations: 100, depth: 2 } });
      environment.add('steps', '{% for i in range(60) %}{% endfor %}');
      environment.add('room', '{{ "x" * 101 }}');
      environment.add('depth', '{% macro m(n) %}{{ m(n - 1) if n }}{% endmacro %}{{ m(3) }}');

      for (const name of ['steps', 'room', 'depth']) expect(() => environment.render(name, {})).toThrow(/TemplateLimitError/);
    });
  });
});
