import { decodeText } from '#engines/knowledge';
import { readsOf } from '../../models/text-template.js';
import type { Selector } from '../../pool/selector.js';
import type { NewFile } from '../../ports/files.port.js';
import { WorkflowHttpError, type HttpAnswer } from '../../ports/http.port.js';
import { requiredPort } from '../../ports/required-port.js';
import type { FileValue } from '../../values/file-value.js';
import { segmentAs } from '../../values/segment.js';
import { NodeFailure } from '../../workflow.errors.js';
import { failed, type NodeResult } from '../node-result.js';
import type { NodeContext, NodeType } from '../node-type.js';
import { isRepeatable } from '../repeatable.js';
import { charsetOf, fileOfAnswer } from './answer-file.js';
import { buildRequest, type BuiltRequest } from './build-request.js';
import { httpFailure } from './http-failures.js';
import { readHttpSettings, type HttpSettings } from './http-settings.js';
import { readAnswer } from './read-answer.js';

/** Statuses that tell of a fault that may pass; they fail the node in any case (contract workflow-engine 7.12). */
const TRANSIENT: ReadonlySet<number> = new Set([429, 500, 502, 503, 504]);

/** Sends an HTTP request (contract workflow-engine 7.12). */
export const httpRequestNode: NodeType = {
  type: 'http-request',
  version: '1',
  execution: 'executable',
  compile: (data) => {
    const settings = readHttpSettings(data);
    return {
      reads: reads(settings),
      repeatable: isRepeatable(data, settings.method === 'GET' || settings.method === 'HEAD'),
      run: (context) => run(settings, context),
    };
  },
};

function reads({ url, headers, params, body, authorization }: HttpSettings): Record<string, Selector> {
  const files = body.items.filter(({ isFile, file }) => isFile && file.length > 0).map(({ file }) => file);
  return {
    ...readsOf(
      url,
      headers,
      ...params.flatMap(({ name, value }) => [name, value]),
      ...body.items.flatMap(({ key, value }) => [key, value]),
      ...(authorization === null ? [] : [authorization.key]),
    ),
    ...Object.fromEntries(files.map((selector) => [`#${selector.join('.')}#`, selector])),
  };
}

async function run(settings: HttpSettings, context: NodeContext): Promise<NodeResult> {
  let request: BuiltRequest | undefined;
  try {
    request = await buildRequest(settings, context);
    const answer = await requiredPort(context.ports, 'http').send(request.call);
    return await resultOf(answer, request, settings, context);
  } catch (error) {
    context.signal.throwIfAborted();
    const failure = asFailure(error);
    return failed(failure.message, failure.errorType, { inputs: {}, processData: processData(request) });
  }
}

async function resultOf(answer: HttpAnswer, request: BuiltRequest, settings: HttpSettings, context: NodeContext): Promise<NodeResult> {
  const { status, headers } = answer;
  if (TRANSIENT.has(status)) {
    answer.discard();
    throw httpFailure('HttpRequestNodeError', `Reached maximum retries for URL ${request.url}`);
  }
  const { bytes, isFile } = await readAnswer(answer, context.limits.http);
  const files: FileValue[] = isFile
    ? [await requiredPort(context.ports, 'files').store(named(fileOfAnswer(headers, answer.url, bytes), context))]
    : [];
  const outputs = {
    status_code: status,
    body: isFile ? '' : decodeText(bytes, charsetOf(headers)),
    headers: { ...headers },
    files: segmentAs('array[file]', files),
  };
  if ((status < 200 || status > 299) && settings.isStatusChecked)
    return failed(`Request failed with status code ${status}`, 'HTTPResponseCodeError', {
      inputs: {},
      processData: processData(request),
      outputs,
    });
  return { status: 'succeeded', inputs: {}, processData: processData(request), outputs };
}

/** A server that gives a secret back as the name of a file must not have it stored. */
function named(file: NewFile, { secrets }: NodeContext): NewFile {
  return file.filename === null ? file : { ...file, filename: secrets.displayText(secrets.sealText(file.filename)) };
}

function processData(request: BuiltRequest | undefined): Record<string, unknown> {
  return request === undefined ? {} : { request: request.log };
}

function asFailure(error: unknown): NodeFailure {
  if (error instanceof NodeFailure) return error;
  if (error instanceof WorkflowHttpError)
    return httpFailure(error.reason === 'denied' ? 'ToolSSRFError' : 'HttpRequestNodeError', error.message, error);
  throw error;
}
