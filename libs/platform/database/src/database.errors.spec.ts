import { QueryFailedError } from 'typeorm';
import { DatabaseUnavailableError, isDatabaseUnavailable, isUniqueViolation, mapDatabaseError } from './database.errors.js';

const coded = (code: string, more: object = {}) => Object.assign(new Error('of the driver'), { code, ...more });

describe('isDatabaseUnavailable', () => {
  it.each([
    ['a refused connection', coded('ECONNREFUSED')],
    ['a missing socket', coded('ENOENT', { syscall: 'connect' })],
    ['a server that shuts down', coded('57P01')],
    ['a server without free connections', coded('53300')],
    ['a full disk', coded('53100')],
    ['a lost connection', new Error('Connection terminated unexpectedly')],
    ['a full pool', new Error('timeout exceeded when trying to connect')],
    ['an answer that did not come', new Error('Query read timeout')],
    ['any of these inside an error of TypeORM', new QueryFailedError('select 1', [], coded('ECONNRESET'))],
  ])('should see %s', (_what, error) => {
    expect(isDatabaseUnavailable(error)).toBe(true);
    expect(mapDatabaseError(error)).toBeInstanceOf(DatabaseUnavailableError);
  });

  it.each([
    ['a violated constraint', coded('23505')],
    ['a file that is missing', coded('ENOENT', { syscall: 'open' })],
    ['a bug', new TypeError('x is not a function')],
    ['no error at all', 'ECONNREFUSED'],
  ])('should not take %s for it', (_what, error) => {
    expect(isDatabaseUnavailable(error)).toBe(false);
    expect(mapDatabaseError(error)).toBe(error);
  });
});

describe('isUniqueViolation', () => {
  it('should find the constraint of a partition by the name of the whole', () => {
    const error = coded('23505', { constraint: 'messages_2026_11_message_key_idx' });

    expect(isUniqueViolation(error, 'message_key_idx')).toBe(true);
    expect(isUniqueViolation(error, 'conversation_key_idx')).toBe(false);
  });
});
