import { DocumentError } from '#engines/knowledge';
import { pythonRepr } from '#common';
import { z } from 'zod';
import type { Selector } from '../../pool/selector.js';
import { requiredPort } from '../../ports/required-port.js';
import { FileValue } from '../../values/file-value.js';
import { isFalsy, Segment, segmentAs } from '../../values/segment.js';
import { NodeFailure } from '../../workflow.errors.js';
import { failed, type NodeResult } from '../node-result.js';
import type { NodeContext, NodeType } from '../node-type.js';
import { isRepeatable } from '../repeatable.js';
import { selectorSchema } from '../selector-schema.js';

const schema = z.object({ variable_selector: selectorSchema });

/** Reads the text of documents (contract workflow-engine 7.22). */
export const documentExtractorNode: NodeType = {
  type: 'document-extractor',
  version: '1',
  execution: 'executable',
  compile: (data) => {
    const { variable_selector: selector } = schema.parse(data);
    return {
      reads: { [`#${selector.join('.')}#`]: selector },
      repeatable: isRepeatable(data, true),
      run: (context) => run(selector, context),
    };
  },
};

async function run(selector: Selector, context: NodeContext): Promise<NodeResult> {
  const variable = context.pool.get(selector);
  if (variable === undefined) return failed(`File variable not found for selector: ${pythonRepr([...selector])}`, '');
  const files = filesOf(variable);
  if (files === undefined) return failed(`Variable ${pythonRepr([...selector])} is not an ArrayFileSegment`, '');
  const inputs = { variable_selector: [...selector] };
  const processData = { documents: new Segment('array[file]', files) };
  if (files.length === 0) return { status: 'succeeded', inputs, processData, outputs: { text: segmentAs('array[string]', []) } };
  try {
    const texts: string[] = [];
    // One after the other: a document may take much memory while it is read.
    for (const file of files) texts.push(await textOf(file, context));
    const text = variable.type === 'file' ? texts[0] : segmentAs('array[string]', texts);
    return { status: 'succeeded', inputs, processData, outputs: { text } };
  } catch (error) {
    context.signal.throwIfAborted();
    if (error instanceof DocumentError || error instanceof NodeFailure) return failed(error.message, '', { inputs, processData });
    throw error;
  }
}

/** The files of a variable, none for an empty one; undefined for a variable that holds something else. */
function filesOf({ type, value }: Segment): readonly FileValue[] | undefined {
  if (value instanceof FileValue) return [value];
  if (type === 'array[file]') return value as FileValue[];
  return isFalsy(value) || (Array.isArray(value) && value.length === 0) ? [] : undefined;
}

async function textOf(shown: FileValue, { ports, secrets, signal }: NodeContext): Promise<string> {
  const documents = requiredPort(ports, 'documents');
  const file = secrets.reveal(shown);
  const { extension, mimeType } = file.facts;
  const bytes = await requiredPort(ports, 'files')
    .read(file, signal)
    .catch((error: unknown) => {
      signal.throwIfAborted();
      throw new NodeFailure(`Error downloading file: ${(error as Error).message}`, { cause: error });
    });
  return (await documents.read({ bytes, extension, mimeType, signal })).replaceAll('\u0000', '');
}
