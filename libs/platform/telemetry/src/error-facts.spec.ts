import { errorFacts } from './error-facts.js';

describe('errorFacts', () => {
  it('should tell what happened, where, and why', () => {
    const error = Object.assign(
      new Error('no answer', { cause: Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED', port: 1 }) }),
      {
        code: 'database_unavailable',
        status: 503,
      },
    );

    expect(errorFacts(error)).toMatchObject({
      type: 'Error',
      message: 'no answer',
      code: 'database_unavailable',
      status: 503,
      stack: expect.stringMatching(/^Error: no answer\n {4}at .*error-facts\.spec/),
      cause: { message: 'connect ECONNREFUSED', code: 'ECONNREFUSED', port: 1 },
    });
  });

  it('should leave out the rows, statements and parameters of a database', () => {
    const refused = Object.assign(new Error('new row violates check constraint "x"'), {
      code: '23514',
      constraint: 'x',
      detail: 'Failing row contains (canary).',
      where: 'canary',
      query: 'insert canary',
      parameters: ['canary'],
      driverError: { detail: 'canary' },
    });
    const unreadable = Object.assign(new Error('invalid input syntax for type uuid: "canary"'), { code: '22P02' });

    expect(errorFacts(refused)).toMatchObject({ code: '23514', constraint: 'x' });
    expect(JSON.stringify([errorFacts(refused), errorFacts(unreadable)])).not.toContain('canary');
  });

  it('should withhold what a vendor said, in the causes too', () => {
    const cause = Object.assign(new Error('canary'), { code: 'E', responseBody: 'canary' });
    const error = Object.assign(new Error('bad prompt: canary\nin two lines', { cause }), { quotesOthers: true });

    const text = JSON.stringify(errorFacts(new Error('no title', { cause: error })));
    expect(text).not.toMatch(/canary|two lines/);
    expect(text).toContain('no title');
    expect(text).toContain('"code":"E"');
  });

  it('should follow several errors, and end in a circle of causes', () => {
    const circle = new Error('round');
    circle.cause = circle;

    expect(errorFacts(new AggregateError([new Error('one'), 'two'], 'many'))).toMatchObject({ errors: [{ message: 'one' }, 'two'] });
    expect(errorFacts(circle)).toMatchObject({ cause: { cause: { message: 'round' } } });
  });
});
