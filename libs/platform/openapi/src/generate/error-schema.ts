import type { Schema } from './document.types.js';

/** Name of the schema of all error answers. */
export const ERROR_SCHEMA = 'ErrorBody';

/** The body of an error answer (contract console-accounts 1.1, 3.1, 10.1): a few old routes leave code and status out. */
export const errorSchema = (): Schema => ({
  type: 'object',
  description: 'What went wrong.',
  properties: {
    code: { type: 'string', description: 'Stable name of the error.', example: 'invalid_param' },
    message: { type: 'string', description: 'What happened, and what to do.', example: 'query is required' },
    status: { type: 'integer', description: 'The HTTP status.', example: 400 },
    params: { type: 'string', description: 'The one field that is wrong.', example: 'query' },
    result: { type: 'string', enum: ['fail'], description: 'On the route of new tokens only.' },
    custom: { type: 'string', description: 'The code where an app has too many keys.', example: 'max_keys_exceeded' },
    error: {
      type: 'object',
      description: 'The same for older clients; on set-up routes only.',
      properties: {
        type: { type: 'string', description: 'The code.', example: 'init_validate_error' },
        message: { type: 'string', description: 'What happened.', example: 'The password is wrong.' },
        status: { type: 'integer', description: 'The HTTP status.', example: 401 },
        details: { type: 'string', description: 'Which fields are wrong; with 422 only.', example: 'Invalid email address' },
      },
      required: ['type', 'message', 'status'],
      additionalProperties: false,
    },
  },
  required: ['message'],
  additionalProperties: false,
});
