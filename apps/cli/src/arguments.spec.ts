import { parseArguments, required } from './arguments.js';
import { UsageError } from './command.js';

describe('parseArguments', () => {
  it('should tell words from options in both notations', () => {
    const parsed = parseArguments(['retry', '--name', 'x', '--limit=5', 'id'], ['name', 'limit']);

    expect(parsed).toEqual({ words: ['retry', 'id'], options: { name: 'x', limit: '5' }, flags: new Set() });
  });

  it('should know which switches are set', () => {
    expect(parseArguments(['id', '--yes'], [], ['yes', 'all'])).toEqual({ words: ['id'], options: {}, flags: new Set(['yes']) });
  });

  it('should refuse an option that the command does not know', () => {
    expect(() => parseArguments(['--bogus', 'x'], ['name'])).toThrow(UsageError);
  });

  it('should name the option that is missing', () => {
    expect(() => required(parseArguments([], ['email']), 'email')).toThrow('--email is missing');
  });
});
