import { UnavailableError, UnexpectedError } from '#common';
import {
  CredentialsValidateError,
  InvokeAuthorizationError,
  InvokeBadRequestError,
  InvokeConnectionError,
  InvokeRateLimitError,
  InvokeServerUnavailableError,
  ModelNotFoundError,
  ProviderNotFoundError,
} from '#engines/model-runtime';
import { ExternalDataError, InputFormError, ModelConfigError } from '../chat.errors.js';
import { mapRunError } from './run-error.js';

describe('mapRunError', () => {
  it.each([InvokeServerUnavailableError, InvokeRateLimitError, InvokeAuthorizationError, InvokeBadRequestError, InvokeConnectionError])(
    'should show %o as invalid_param with the words of the vendor (trace service/chat-model-error)',
    (InvokeFailure) => {
      expect(mapRunError(new InvokeFailure({ message: 'told to fail', upstreamStatus: 500 }))).toEqual({
        code: 'invalid_param',
        status: 400,
        message: 'told to fail',
      });
    },
  );

  it.each<[unknown, string, number, string]>([
    [new ModelConfigError('model is required'), 'invalid_param', 400, 'model is required'],
    [new InputFormError('v is required in input form'), 'invalid_param', 400, 'v is required in input form'],
    [
      new ExternalDataError('w', new Error('request timeout')),
      'invalid_param',
      400,
      '[External data tool] API query failed, variable: w, error: request timeout',
    ],
    [new ProviderNotFoundError('p'), 'provider_not_initialize', 400, 'Provider p does not exist.'],
    [new CredentialsValidateError('no key'), 'provider_not_initialize', 400, 'no key'],
    [new ModelNotFoundError('p', 'm', 'llm'), 'model_currently_not_support', 400, 'Provider p has no llm model m.'],
    [new UnavailableError('overloaded', 'Try again.'), 'overloaded', 503, 'Try again.'],
    [
      new UnexpectedError({ code: 'bug', status: 500, message: 'secret detail' }),
      'internal_server_error',
      500,
      'Internal Server Error, please contact support.',
    ],
    [new TypeError('x is not a function'), 'internal_server_error', 500, 'Internal Server Error, please contact support.'],
    ['a string', 'internal_server_error', 500, 'Internal Server Error, please contact support.'],
  ])('should map %s to %s', (error, code, status, message) => {
    expect(mapRunError(error)).toEqual({ code, status, message });
  });
});
