import { mergeRows, prepareRow } from './prepared-row.js';

const insert = (row: Record<string, unknown>) => prepareRow({ table: 't', op: 'insert', row: { id: '1', ...row } });
const patch = (row: Record<string, unknown>) => prepareRow({ table: 't', op: 'patch', row: { id: '1', ...row } });

describe('prepareRow', () => {
  it('should leave out columns without a value, and keep null', () => {
    expect(insert({ a: undefined, b: null })).toMatchObject({ signature: 'id,b', json: '{"id":"1","b":null}' });
  });

  it('should take a text as it is that only looks like an escape', () => {
    expect(JSON.parse(insert({ a: 'C:\\u0000 \\ud800' }).json)).toEqual({ id: '1', a: 'C:\\u0000 \\ud800' });
  });

  it('should remove NUL and replace lone surrogates at every depth, dates apart', () => {
    const row = insert({ a: { 'b\u0000': ['\ud800x', new Date(0), 1] } });

    expect(JSON.parse(row.json)).toEqual({ id: '1', a: { b: ['\ufffdx', '1970-01-01T00:00:00.000Z', 1] } });
  });

  it('should refuse what JSON does not know', () => {
    expect(() => insert({ a: 1n })).toThrow(TypeError);
  });
});

describe('mergeRows', () => {
  it('should put a patch into the insert it follows', () => {
    expect(mergeRows(insert({ a: 1, b: 1 }), patch({ b: 2, c: 2 }))).toMatchObject({
      op: 'insert',
      signature: 'id,a,b,c',
      json: '{"id":"1","a":1,"b":2,"c":2}',
    });
  });

  it('should put a later patch above an earlier one', () => {
    expect(mergeRows(patch({ a: 1, b: 1 }), patch({ b: 2 }))).toMatchObject({ op: 'patch', json: '{"id":"1","a":1,"b":2}' });
  });

  it('should keep the first of two inserts, as the database would', () => {
    expect(mergeRows(insert({ a: 1 }), insert({ a: 2 })).json).toBe('{"id":"1","a":1}');
  });
});
