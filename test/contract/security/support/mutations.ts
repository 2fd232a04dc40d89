import type { RouteInfo } from '#platform/http';
import { type Call, type CallFile, multipart, pathOf, type WireRequest } from './call.js';
import { ALWAYS, BODIES, HEADERS, MEDIA_TYPES, nested, ODDITIES, PATH_PARTS, QUERY_VALUES, TYPES } from './hostile-values.js';
import type { FieldPath, Operation } from './operation.js';

/** A request that is wrong in one respect. */
export interface Mutation {
  /** What is wrong with it. */
  what: string;
  request: WireRequest;
}

/** A route with a call that would succeed. */
export interface Target {
  route: RouteInfo;
  operation: Operation;
  call: Call;
  credentials: Record<string, string>;
}

const TEN_MEGABYTES = 10 * 1024 * 1024;
/** How many of the many a parameter, a body or a field gets. */
const CHOSEN = { parts: 6, queries: 5, headers: 3, bodies: 6, media: 3, types: 4, oddities: 3 } as const;
const JSON_TYPE = { 'content-type': 'application/json' };
/** Stands for a JSON text that `JSON.stringify` can't make, such as 1e400. */
const HOLE = '\u0001hole\u0001';

/** Hostile requests for a route. `random` chooses among the many; null takes all of them. */
export function* mutationsOf(target: Target, random: (() => number) | null): Generator<Mutation> {
  const chosen = random === null ? all : someBy(random);
  yield* ofPath(target, chosen);
  yield* ofQuery(target, chosen);
  yield* ofHeaders(target, chosen);
  if (target.operation.readsForm) yield* ofForm(target);
  else yield* ofBody(target, chosen);
  if (target.operation.fields !== null) yield* ofFields(target, target.operation.fields, chosen);
}

function requestWith(target: Target, changes: Partial<WireRequest> = {}): WireRequest {
  const { route, call, credentials } = target;
  const base: WireRequest = { method: route.method, path: pathOf(route.path, call), headers: credentials };
  const form = call.form === undefined ? null : multipart(call.form);
  const body = form?.body ?? (call.json === undefined ? undefined : JSON.stringify(call.json));
  const type = form === null ? JSON_TYPE : { 'content-type': form.type };
  const whole = body === undefined ? base : { ...base, headers: { ...credentials, ...type }, body };
  return { ...whole, ...changes, headers: { ...whole.headers, ...changes.headers } };
}

function* ofPath(target: Target, chosen: Choice): Generator<Mutation> {
  for (const [, name = ''] of target.route.path.matchAll(/:(\w+)/g)) {
    for (const part of [...ALWAYS.parts, ...chosen(PATH_PARTS, CHOSEN.parts)]) {
      const [before, after] = pathOf(target.route.path, { ...target.call, params: { ...target.call.params, [name]: HOLE } }).split(
        encodeURIComponent(HOLE),
      );
      yield {
        what: `path parameter ${name} = ${shown(part)}`,
        request: requestWith(target, { path: `${before ?? ''}${part}${after ?? ''}` }),
      };
    }
  }
}

function* ofQuery(target: Target, chosen: Choice): Generator<Mutation> {
  const without = (name: string): string => {
    const { [name]: _, ...query } = target.call.query ?? {};
    const path = pathOf(target.route.path, { ...target.call, query });
    return path.includes('?') ? `${path}&` : `${path}?`;
  };
  for (const name of target.operation.query) {
    yield { what: `no ${name} in the query`, request: requestWith(target, { path: without(name) }) };
    for (const value of [...ALWAYS.queries, ...chosen(QUERY_VALUES, CHOSEN.queries)])
      yield { what: `query ${name}=${shown(value)}`, request: requestWith(target, { path: `${without(name)}${name}=${value}` }) };
    const twice = `${name}=a&${name}=b&${name}[]=c&${name}[a]=d&${name}.a=e`;
    yield { what: `query ${twice}`, request: requestWith(target, { path: without(name) + twice }) };
  }
  const strange = '__proto__=a&constructor=b&__proto__[a]=c&=d&&&%00=e&%zz=f&%ED%A0%80=g';
  yield { what: `query ${strange}`, request: requestWith(target, { path: without('') + strange }) };
  yield { what: 'a query of 20,000 characters', request: requestWith(target, { path: without('') + 'a=b&'.repeat(5000) }) };
}

function* ofHeaders(target: Target, chosen: Choice): Generator<Mutation> {
  for (const headers of chosen(HEADERS, CHOSEN.headers))
    yield { what: `headers ${shown(JSON.stringify(headers))}`, request: requestWith(target, { headers }) };
  for (const name of target.operation.headers)
    for (const value of ['', ' ', 'x'.repeat(256), 'a b', '\u00ff', '__proto__'])
      yield { what: `header ${name}: ${shown(value)}`, request: requestWith(target, { headers: { [name.toLowerCase()]: value } }) };
}

function* ofBody(target: Target, chosen: Choice): Generator<Mutation> {
  for (const body of [...ALWAYS.bodies, ...chosen(BODIES, CHOSEN.bodies)])
    yield { what: `body ${shown(String(body))}`, request: requestWith(target, { headers: JSON_TYPE, body }) };
  const valid = target.call.json === undefined ? '{}' : JSON.stringify(target.call.json);
  for (const type of chosen(MEDIA_TYPES, CHOSEN.media))
    yield { what: `body as ${type}`, request: requestWith(target, { headers: { 'content-type': type }, body: valid }) };
  const rest = valid === '{}' ? '' : `,${valid.slice(1, -1)}`;
  for (const [what, text] of [
    ['an unknown field 201 deep', `{"stranger":${nested(201)}${rest}}`],
    ['__proto__ and constructor', `{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}${rest}}`],
    ['every key twice', valid === '{}' ? '{"a":1,"a":2}' : `{${valid.slice(1, -1)}${rest}}`],
    ['a thousand unknown keys', `{${Array.from({ length: 1000 }, (_, i) => `"k${String(i)}":{}`).join(',')}${rest}}`],
  ] as const)
    yield { what: `body with ${what}`, request: requestWith(target, { headers: JSON_TYPE, body: text }) };
}

function* ofFields(target: Target, fields: readonly FieldPath[], chosen: Choice): Generator<Mutation> {
  const body = (text: string): WireRequest => requestWith(target, { headers: JSON_TYPE, body: text });
  for (const path of fields) {
    const name = path.join('.');
    const holed = JSON.stringify(withValue(target.call.json ?? {}, path, HOLE));
    const put = (value: string): string => holed.replace(JSON.stringify(HOLE), () => value);
    if (path.length === 1) {
      const { [name]: _, ...others } = target.call.json ?? {};
      yield { what: `no ${name}`, request: body(JSON.stringify(others)) };
      yield { what: `${name} twice`, request: body(put('null').replace('{', () => `{"${name}":[[]],`)) };
    }
    for (const value of [...chosen(TYPES, CHOSEN.types), ...ALWAYS.oddities, ...chosen(ODDITIES, CHOSEN.oddities)])
      yield { what: `${name} = ${shown(value)}`, request: body(put(value)) };
  }
  for (const [first] of chosen(fields, 1)) {
    const long = JSON.stringify({ ...target.call.json, [first ?? '']: 'x'.repeat(TEN_MEGABYTES) });
    yield { what: `${first ?? ''} = a text of 10 MB`, request: body(long) };
  }
}

function* ofForm(target: Target): Generator<Mutation> {
  const [field, file] = (Object.entries(target.call.form ?? {}).find(([, value]) => typeof value !== 'string') ?? []) as [string, CallFile];
  const sent = (form: NonNullable<Call['form']>): Partial<WireRequest> => {
    const { type, body } = multipart(form);
    return { headers: { 'content-type': type }, body };
  };
  const { [field]: _, ...rest } = target.call.form ?? {};
  yield { what: 'a form without its file', request: requestWith(target, sent(rest)) };
  yield { what: 'a text for the file', request: requestWith(target, sent({ ...rest, [field]: 'text' })) };
  yield { what: 'two files', request: requestWith(target, sent({ ...rest, [field]: file, other: file })) };
  for (const name of [
    '',
    '.',
    '..',
    '../../../etc/passwd',
    '..\\..\\x.txt',
    'a\u0000.txt',
    '\ud83e',
    '.htaccess',
    'x'.repeat(5000),
    '__proto__',
    'a.svg',
    'con.txt',
    'a.tar.gz/',
  ])
    yield { what: `a file named ${shown(name)}`, request: requestWith(target, sent({ ...rest, [field]: { ...file, name } })) };
  for (const type of ['', 'text/html', 'a/b/c', '\u00ff', 'x'.repeat(5000), 'audio/mp3; charset="'])
    yield { what: `a file of type ${shown(type)}`, request: requestWith(target, sent({ ...rest, [field]: { ...file, type } })) };
  const whole = multipart(target.call.form ?? {});
  for (const [what, body] of [
    ['that breaks off', whole.body.subarray(0, -20)],
    ['of nothing', ''],
    ['of its end alone', '--b0undary--\r\n'],
    ['of junk', 'junk'],
    [
      'with a header of 20,000 characters',
      `--b0undary\r\ncontent-disposition: form-data; name="${'x'.repeat(20_000)}"\r\n\r\na\r\n--b0undary--\r\n`,
    ],
    ['with a field named __proto__', '--b0undary\r\ncontent-disposition: form-data; name="__proto__"\r\n\r\na\r\n--b0undary--\r\n'],
    ['with 200 fields', `${'--b0undary\r\ncontent-disposition: form-data; name="a"\r\n\r\nb\r\n'.repeat(200)}--b0undary--\r\n`],
    ['without a disposition', '--b0undary\r\n\r\nb\r\n--b0undary--\r\n'],
  ] as const)
    yield { what: `a form ${what}`, request: requestWith(target, { headers: { 'content-type': whole.type }, body }) };
  for (const type of [
    'multipart/form-data',
    'multipart/form-data; boundary=',
    'multipart/mixed; boundary=b0undary',
    'application/json',
    '',
  ])
    yield { what: `the form as ${type}`, request: requestWith(target, { headers: { 'content-type': type } }) };
}

/** A copy with a value at a path; what is not there on the way is made. */
function withValue(of: unknown, [head, ...tail]: FieldPath, value: unknown): unknown {
  if (head === undefined) return value;
  const isList = head === '0';
  const inner = typeof of === 'object' && of !== null ? (of as Record<string, unknown>)[head] : undefined;
  const changed = withValue(inner, tail, value);
  return isList ? [changed] : { ...(of as Record<string, unknown> | undefined), [head]: changed };
}

/** Takes so many of a list. */
type Choice = <T>(from: readonly T[], count: number) => readonly T[];

const all: Choice = (from) => from;

const someBy =
  (random: () => number): Choice =>
  (from, count) => {
    const left = [...from];
    return Array.from({ length: Math.min(count, left.length) }, () => left.splice(Math.floor(random() * left.length), 1)).flat();
  };

const shown = (text: string): string => (text.length > 80 ? `${text.slice(0, 60)}... (${String(text.length)} characters)` : text);
