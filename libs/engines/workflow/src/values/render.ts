import { PyFloat, pythonFloat, pythonJson, pythonRepr } from '#common';
import { FileValue } from './file-value.js';
import type { Segment } from './segment.js';

/** A segment as prompts, requests and conditions read it (contract workflow-engine 3.2). */
export function renderText(segment: Segment): string {
  const { type, value } = segment;
  switch (type) {
    case 'string':
    case 'secret':
      return value as string;
    case 'none':
    case 'file':
    case 'array[file]':
      return '';
    case 'object':
      return pythonJson(value);
    case 'array[string]':
      return (value as unknown[]).length === 0 ? '' : pythonJson(value);
    case 'array[any]':
    case 'array[number]':
    case 'array[object]':
    case 'array[boolean]':
      return (value as unknown[]).length === 0 ? '' : pythonRepr(value);
    case 'group':
      return (value as readonly Segment[]).map(renderText).join('');
    default:
      return scalar(value);
  }
}

/** A segment as the account of a node shows it: objects spread over lines. Secrets are tokens here, and shown as their names. */
export function renderLog(segment: Segment): string {
  if (segment.type === 'object') return pythonJson(segment.value, 2);
  if (segment.type === 'group') return (segment.value as readonly Segment[]).map(renderLog).join('');
  return renderText(segment);
}

/** A segment as an answer shows it: lists as bullet points, files as links. */
export function renderMarkdown(segment: Segment): string {
  const { type, value } = segment;
  switch (type) {
    case 'object':
      return pythonJson(value, 2);
    case 'file':
      return (value as FileValue).markdown;
    case 'array[file]':
      return (value as FileValue[]).map((file) => file.markdown).join('\n');
    case 'array[any]':
    case 'array[string]':
    case 'array[number]':
    case 'array[object]':
    case 'array[boolean]':
      return (value as unknown[]).map((item) => `- ${bullet(item)}`).join('\n');
    case 'group':
      return (value as readonly Segment[]).map(renderMarkdown).join('');
    default:
      return renderText(segment);
  }
}

function bullet(item: unknown): string {
  if (item instanceof FileValue) return item.markdown;
  return typeof item === 'string' ? item : pythonRepr(item);
}

function scalar(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (value instanceof PyFloat) return pythonFloat(value.value);
  return pythonRepr(value);
}
