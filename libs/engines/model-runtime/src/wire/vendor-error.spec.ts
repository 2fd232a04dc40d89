import * as errors from '../model-runtime.errors.js';
import { errorInAnswer, errorOfAnswer, retryAfter } from './vendor-error.js';

const NOW = Date.parse('2026-11-23T10:00:00Z');

describe('errorOfAnswer', () => {
  it.each([
    [400, errors.InvokeBadRequestError, false],
    [401, errors.InvokeAuthorizationError, false],
    [403, errors.InvokeAuthorizationError, false],
    [404, errors.InvokeBadRequestError, false],
    [408, errors.InvokeConnectionError, true],
    [422, errors.InvokeBadRequestError, false],
    [429, errors.InvokeRateLimitError, true],
    [500, errors.InvokeServerUnavailableError, true],
    [503, errors.InvokeServerUnavailableError, true],
    [529, errors.InvokeServerUnavailableError, true],
  ])('should read status %i', (status, type, isRetryable) => {
    const error = errorOfAnswer(status, {}, '{}', NOW);

    expect(error).toBeInstanceOf(type);
    expect(error).toMatchObject({ name: type.name, upstreamStatus: status, isRetryable });
  });

  it.each([
    ['{"error":{"message":"told to fail","code":"mock"}}', 'told to fail', 'mock'],
    ['{"error":{"message":"too long","type":"invalid_request_error","code":null}}', 'too long', 'invalid_request_error'],
    ['{"error":"no such model"}', 'no such model', undefined],
    ['{"message":"bad","code":1210}', 'bad', '1210'],
    ['{"detail":"Not Found"}', 'Not Found', undefined],
    ['{"detail":[{"loc":["body"],"msg":"field required"}]}', 'field required', undefined],
    ['{"error_code":336003,"error_msg":"wrong"}', 'wrong', '336003'],
    ['[{"error":{"code":400,"message":"in a list"}}]', 'in a list', undefined],
    ['{"error":{"reason":"odd"}}', '{"reason":"odd"}', undefined],
    ['plain words', 'plain words', undefined],
  ])('should find what the vendor says in %s', (body, message, vendorCode) => {
    const error = errorOfAnswer(500, { 'content-type': 'application/json' }, body, NOW);

    expect(error.message).toBe(`API request failed with status code 500: ${message}`);
    expect(error.vendorCode).toBe(vendorCode);
  });

  it('should not show a page', () => {
    expect(errorOfAnswer(502, { 'content-type': 'text/html' }, '<html>', NOW).message).toBe('API request failed with status code 502');
  });

  it('should clip a long message', () => {
    expect(errorOfAnswer(500, {}, 'x'.repeat(5000), NOW).message.length).toBeLessThan(1100);
  });
});

describe('retryAfter', () => {
  it.each([
    [{ 'retry-after': '2' }, 2000],
    [{ 'retry-after': '0.5' }, 500],
    [{ 'retry-after-ms': '150', 'retry-after': '9' }, 150],
    [{ 'retry-after': 'Mon, 23 Nov 2026 10:00:30 GMT' }, 30_000],
    [{ 'retry-after': 'Mon, 23 Nov 2026 09:00:00 GMT' }, 0],
    [{ 'retry-after': 'soon' }, undefined],
    [{}, undefined],
  ])('should read %j as %s ms', (headers, ms) => {
    expect(retryAfter(headers, NOW)).toBe(ms);
  });
});

describe('errorInAnswer', () => {
  it.each([
    [{ error: { message: 'slow down', code: 429 } }, errors.InvokeRateLimitError],
    [{ error: { message: 'slow down', type: 'rate_limit_exceeded' } }, errors.InvokeRateLimitError],
    [{ error: { message: 'key', code: 'invalid_api_key' } }, errors.InvokeAuthorizationError],
    [{ error: { message: 'long', code: 'context_length_exceeded' } }, errors.InvokeBadRequestError],
    [{ error: { message: 'busy', type: 'overloaded_error' } }, errors.InvokeServerUnavailableError],
    [{ object: 'error', message: 'vllm style', code: 400 }, errors.InvokeBadRequestError],
    [{ error: 'just words' }, errors.InvokeServerUnavailableError],
  ])('should read %j', (event, type) => {
    expect(errorInAnswer(event)).toBeInstanceOf(type);
  });

  it('should see no error where there is none', () => {
    expect(errorInAnswer({ choices: [], error: null })).toBeUndefined();
  });
});
