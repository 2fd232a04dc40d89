import {
  InvokeAuthorizationError,
  InvokeBadRequestError,
  InvokeConnectionError,
  InvokeError,
  InvokeRateLimitError,
  InvokeServerUnavailableError,
} from '../model-runtime.errors.js';
import { asArray, asIdText, asRecord, asText, tryParseJson } from './json-access.js';

const MAX_MESSAGE = 1000;

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** The error of an answer with a status of 300 and more. `body` is its text. */
export function errorOfAnswer(status: number, headers: Headers, body: string, nowMs: number): InvokeError {
  const said = vendorMessage(tryParseJson(body)) ?? readableText(body, headers);
  return errorOfStatus(status, {
    message: `API request failed with status code ${String(status)}${said ? `: ${said}` : ''}`,
    upstreamStatus: status,
    vendorCode: vendorCode(tryParseJson(body)),
    retryAfterMs: retryAfter(headers, nowMs),
  });
}

/** The error a vendor sends inside an answer that began well; undefined when `event` carries none. */
export function errorInAnswer(event: unknown): InvokeError | undefined {
  const record = asRecord(event);
  if (!record) return undefined;
  const failed = record.error !== undefined && record.error !== null && record.error !== '';
  if (!failed && record.object !== 'error' && record.type !== 'error') return undefined;
  const error = asRecord(record.error) ?? record;
  const status = [error.code, error.status, error.status_code, record.code].map(Number).find((code) => code >= 400 && code < 600);
  return errorOfStatus(status ?? statusOfCode(vendorCode(record)), {
    message: `The model broke off its answer: ${vendorMessage(record) ?? 'no reason given'}`,
    upstreamStatus: status,
    vendorCode: vendorCode(record),
  });
}

function errorOfStatus(status: number, facts: ConstructorParameters<typeof InvokeError>[0]): InvokeError {
  if (status === 401 || status === 403) return new InvokeAuthorizationError(facts);
  if (status === 429) return new InvokeRateLimitError(facts);
  if (status === 408) return new InvokeConnectionError(facts);
  if (status >= 500) return new InvokeServerUnavailableError(facts);
  if (status >= 400) return new InvokeBadRequestError(facts);
  return new InvokeError(facts);
}

function statusOfCode(code: string | undefined): number {
  if (code === undefined) return 500;
  if (/rate_limit|too_many|quota/i.test(code)) return 429;
  if (/auth|api_key|permission/i.test(code)) return 401;
  if (/invalid|context_length|content_filter|bad_request/i.test(code)) return 400;
  return 500;
}

/** What a vendor says went wrong, in the places where vendors put it. */
function vendorMessage(body: unknown): string | undefined {
  const record = asRecord(body) ?? asRecord(asArray(body)[0]);
  if (!record) return asText(body);
  const error = asRecord(record.error);
  const candidates = [
    error?.message,
    error?.msg,
    record.error,
    record.message,
    record.msg,
    record.error_msg,
    record.error_description,
    record.detail,
    asRecord(asArray(record.detail)[0])?.msg,
    asRecord(asArray(record.errors)[0])?.message,
  ];
  const message = candidates.map((candidate) => asText(candidate)).find((candidate) => candidate !== undefined);
  if (message === undefined && error) return clipped(JSON.stringify(error));
  return message === undefined ? undefined : clipped(message);
}

function vendorCode(body: unknown): string | undefined {
  const record = asRecord(body);
  const error = asRecord(record?.error);
  return [error?.code, error?.type, record?.code, record?.error_code].map(asIdText).find((code) => code !== undefined);
}

/** A body that is no JSON: shown when it is text, not when it is a page. */
function readableText(body: string, headers: Headers): string {
  return String(headers['content-type'] ?? '').includes('html') ? '' : clipped(body.trim());
}

function clipped(text: string): string {
  return text.length > MAX_MESSAGE ? `${text.slice(0, MAX_MESSAGE)}…` : text;
}

/** Reads `retry-after-ms` and `Retry-After`, the latter in seconds or as a date. */
export function retryAfter(headers: Headers, nowMs: number): number | undefined {
  const ms = Number(headers['retry-after-ms'] ?? Number.NaN);
  if (ms >= 0) return ms;
  const value = headers['retry-after'];
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  const seconds = Number(value);
  if (seconds >= 0) return Math.ceil(seconds * 1000);
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - nowMs);
}
