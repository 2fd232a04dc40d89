/** Numbers from a seed, so that a failure can be had again (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** An object that holds an object that holds ... */
export const nested = (depth: number): string => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;

/** One of each type, as JSON texts: at least all but one are wrong for any field. */
export const TYPES = ['null', 'true', '7', '"text"', '[]', '{}'];

/** What fields choke on, as JSON texts. */
export const ODDITIES = [
  '""',
  '" "',
  '-1',
  '1.5',
  '1e400',
  '-0',
  '9007199254740993',
  '99999999999999999999999',
  '"1"',
  '"\\u0000"',
  '"a\\u0000b"',
  '"\\ud800"',
  '"\\udc00\\ud800"',
  '"\\u202e\\ufeff"',
  '"🦜"',
  `"${'x'.repeat(70_000)}"`,
  '"../../../../etc/passwd"',
  '"%00%2e%2e%2f"',
  '"<svg onload=alert(1)>"',
  '"__proto__"',
  '"{{#sys.query#}}{{constructor}}"',
  '"00000000-0000-4000-8000-000000000000"',
  '[null]',
  '[[[]]]',
  '["a",{"b":[]},1]',
  `[${Array<string>(5000).fill('1').join(',')}]`,
  '{"constructor":{}}',
  '{"constructor":{"prototype":{"polluted":1}},"__proto__":{"polluted":1},"toString":1,"hasOwnProperty":null,"then":{}}',
  '{"__proto__":null,"length":1e9,"0":"a"}',
  `{"":${nested(150)}}`,
];

/** Of each list below what every route gets, whatever is chosen beside it. */
export const ALWAYS = {
  parts: ['x'.repeat(5000), '%00', '%zz'],
  queries: ['x'.repeat(5000), '%00', '%zz'],
  bodies: ['{"inputs":{"constructor":{}}}', nested(201), nested(100_000)],
  oddities: ['"a\\u0000b"', '"\\ud800"', '{"constructor":{}}'],
} as const;

/** Raw parts of a path. */
export const PATH_PARTS = [
  'x'.repeat(5000),
  'x'.repeat(8193),
  '%00',
  'a%00b',
  '%zz',
  '%',
  '.',
  '..',
  '%2e%2e',
  '%2e%2e%2f%2e%2e%2f%2e%2e%2fetc%2fpasswd',
  '..%2f..%2f..%2fetc%2fpasswd',
  '..%5c..%5cetc%5cpasswd',
  '%252e%252e%252f',
  '%2fetc%2fpasswd',
  'file:%2f%2f%2fetc%2fpasswd',
  '%ED%A0%80',
  '%C0%AE%C0%AE%C0%AF',
  '__proto__',
  'constructor',
  '%27%20or%201=1--',
  '%0d%0aset-cookie:%20a=b',
  '%F0%9F%A6%9C',
  '-1',
  '00000000-0000-4000-8000-000000000000',
  '*',
  ';',
];

/** Raw values of a query. */
export const QUERY_VALUES = [
  '',
  'x'.repeat(5000),
  '%00',
  '%zz',
  '%',
  '%ED%A0%80',
  '..%2f..%2fetc%2fpasswd',
  '%252e%252e%252f',
  '__proto__',
  '-1',
  '0',
  '1e400',
  '99999999999999999999999',
  '1.5',
  'null',
  'true',
  '[]',
  '%27%20or%201=1--',
  '%0d%0aset-cookie:%20a=b',
  '00000000-0000-4000-8000-000000000000',
];

/** Whole bodies that are no JSON object, or an odd one. */
export const BODIES: readonly (string | Buffer)[] = [
  '',
  ' ',
  '{',
  '{"a":}',
  '{a:1}',
  "{'a':1}",
  '{}x',
  '\ufeff{}',
  'null',
  'true',
  '1',
  '"text"',
  '[]',
  '[{}]',
  '{}',
  '{"inputs":{"constructor":{}}}',
  '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}',
  nested(201),
  nested(100_000),
  '['.repeat(100_000),
  Buffer.from([0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00]),
  Buffer.from('{"a":"\u0000"}'),
  Buffer.from([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x3a, 0x31, 0x7d]),
];

/** Media types that are not the one of a JSON body, or lie about it. */
export const MEDIA_TYPES = [
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  'multipart/form-data; boundary=x',
  'application/json; charset=utf-16',
  'application/octet-stream',
  'application/jsonx',
  'a/b/c',
  ',',
];

/** Headers that no route wants. */
export const HEADERS: readonly Record<string, string>[] = [
  { cookie: '__proto__=1; access_token=%zz; csrf_token=%00; a' },
  { authorization: 'Bearer ' },
  { authorization: 'Bearer eyJhbGciOiJub25lIn0.eyJ1c2VyX2lkIjoiYSJ9.' },
  { authorization: `Bearer ${'x'.repeat(8000)}` },
  { authorization: 'Basic \u00ff\u00fe' },
  { 'x-csrf-token': '\u00ff' },
  { 'x-forwarded-for': '\'"><script>', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'javascript' },
  { host: '"><script>' },
  { 'content-encoding': 'gzip' },
  { origin: 'null', 'access-control-request-method': '__proto__' },
  { 'x-request-id': '../../x' },
  { 'last-event-id': '9'.repeat(100) },
  { range: 'bytes=-1--1' },
];
