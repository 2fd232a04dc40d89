import { IsBoolean, IsInt, IsObject, IsOptional, IsString, Max, MaxLength, Min, MinLength } from 'class-validator';
import { InvalidParamError } from '#common';
import { parseJsonBody } from './json-body.js';
import { FreeForm } from './free-form.decorator.js';
import { Nested } from './nested.decorator.js';
import { RequestPipe } from './request.pipe.js';
import { UnreadableBody } from './unreadable-body.js';

class Item {
  @IsString() name: string;
  @FreeForm() @IsOptional() @IsObject() free?: object;
}

class Parent {
  @FreeForm() @IsObject() inputs: Record<string, unknown>;
}

class Sample extends Parent {
  @IsOptional() @IsInt() count?: number = 7;
  @IsOptional() @IsBoolean() flag?: boolean;
  @IsOptional() @IsString() text?: string;
  @IsOptional() @Nested(() => Item) items?: Item[];
  @IsOptional() @Nested(() => Item) item?: Item;
}

const pipe = new RequestPipe();
const body = (value: unknown) => pipe.transform(value, { type: 'body', metatype: Sample });

describe('RequestPipe', () => {
  it('should make an instance with defaults and give free-form values back as the same object', () => {
    const inputs = { a: { b: 1 } };
    const dto = body({ inputs }) as Sample;

    expect(dto).toBeInstanceOf(Sample);
    expect(dto.count).toBe(7);
    expect(dto.inputs).toBe(inputs);
  });

  it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty', 'then', 'length'])(
    'should take values with a key %s for what they are, anywhere',
    (key) => {
      const odd = JSON.parse(`{"${key}":{}}`) as object;

      for (const change of [{ text: odd }, { count: odd }, { flag: odd }, { items: odd }, { items: [odd] }, { items: [{ name: odd }] }])
        expect(() => body({ inputs: {}, ...change })).toThrow(InvalidParamError);
      const dto = body({ inputs: odd, items: [{ name: 'a', free: odd }] }) as Sample;
      expect([dto.inputs, dto.items?.[0]?.free]).toEqual([odd, odd]);
      expect(dto.items?.[0]).toBeInstanceOf(Item);
    },
  );

  it('should leave free-form values as they are', () => {
    const inputs = JSON.parse('{"__proto__":{"x":1},"constructor":{"name":"y"}}') as object;

    expect(JSON.stringify((body({ inputs }) as Sample).inputs)).toBe('{"__proto__":{"x":1},"constructor":{"name":"y"}}');
  });

  it('should read texts as the field types want them', () => {
    expect(body({ inputs: {}, count: '12', flag: 'yes', text: '12' })).toMatchObject({ count: 12, flag: true, text: '12' });
  });

  it.each([
    { count: '12x' },
    { count: '' },
    { flag: 'perhaps' },
    { text: 5 },
    { inputs: null },
    { items: [{ name: 1 }] },
    { items: ['x'] },
    { items: { length: 3 } },
    { items: [null] },
    { items: { name: 'a' } },
    { item: [] },
    { item: [{ name: 'a' }] },
    { item: { name: 1 } },
  ])('should refuse %j', (change) => {
    expect(() => body({ inputs: {}, ...change })).toThrow(InvalidParamError);
  });

  it('should name the field within a list', () => {
    expect(() => body({ inputs: {}, items: [{ name: 'a' }, { name: 1 }] })).toThrow('items.1.name must be a string');
  });

  it('should tell a value of the wrong type so, and say nothing of its length or bounds', () => {
    class Bounded {
      @IsString() @MinLength(1) @MaxLength(5) name: string;
      @IsInt() @Min(1) @Max(9) count: number;
    }
    const errorOf = (value: unknown): unknown => {
      try {
        return pipe.transform(value, { type: 'body', metatype: Bounded });
      } catch (error) {
        return (error as Error).message;
      }
    };

    expect(errorOf({ count: 'many' })).toBe('name must be a string\ncount must be an integer number');
    expect(errorOf({ name: 'too long', count: 10 })).toBe(
      'name must be shorter than or equal to 5 characters\ncount must not be greater than 9',
    );
  });

  it('should throw the error of a body that could not be read', () => {
    expect(() => body(parseJsonBody(Buffer.from('{x')))).toThrow('no valid JSON');
  });
});

describe('parseJsonBody', () => {
  it.each([
    ['nothing', ''],
    ['broken JSON', '{"a":'],
    ['a NUL byte', '{"a":"\u0000"}'],
    ['nesting over 200', `${'['.repeat(201)}${']'.repeat(201)}`],
  ])('should find %s unreadable', (_, text) => {
    expect(parseJsonBody(Buffer.from(text))).toBeInstanceOf(UnreadableBody);
  });

  it('should take nesting of 200, brackets in texts, and pairs of surrogates', () => {
    const text = `${'['.repeat(200)}${']'.repeat(200)}`;

    expect(parseJsonBody(Buffer.from(text))).not.toBeInstanceOf(UnreadableBody);
    expect(parseJsonBody(Buffer.from(JSON.stringify({ a: '['.repeat(1000) })))).toEqual({ a: '['.repeat(1000) });
    expect(parseJsonBody(Buffer.from('{"a":"\\ud83c\\udf0d"}'))).toEqual({ a: '🌍' });
  });
});
