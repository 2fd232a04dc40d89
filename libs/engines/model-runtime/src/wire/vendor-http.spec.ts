import { connectionError } from './vendor-http.js';

describe('connectionError', () => {
  it.each(['No connection to 127.0.0.1:1 (ECONNREFUSED).', 'No connection to 127.0.0.1:1 (ECONNREFUSED)'])(
    'should end with one full stop, whatever the reason %s ends with',
    (reason) => {
      expect(connectionError({} as never, new Error(reason), "The model's server can't be reached")).toMatchObject({
        message: "The model's server can't be reached: No connection to 127.0.0.1:1 (ECONNREFUSED).",
      });
    },
  );

  it('should be the reason of a call that was given up', () => {
    const reason = new Error('stopped');

    expect(connectionError({ signal: AbortSignal.abort(reason) } as never, new Error('x'), 'y')).toBe(reason);
  });
});
