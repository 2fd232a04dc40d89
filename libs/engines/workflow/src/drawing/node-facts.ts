import { isJsonObject, type JsonObject } from '#common';
import { DEFAULT_HANDLE, FAIL_HANDLE } from '../graph/compiled-graph.js';
import type { DrawnHandle } from './drawing.types.js';

/** Height of the part with title and subtitle. Pixels. */
export const HEADER = 54;
/** Height of the line of a handle. Pixels. */
const ROW = 22;

type Data = Readonly<Record<string, unknown>>;
type Row = Omit<DrawnHandle, 'y'>;

/** The ways out of a node, from its `data` alone: an old or unknown form has at least one. */
export function handlesOf(data: Data): DrawnHandle[] {
  const rows = rowsOf(data);
  const isBranch = rows.length > 0;
  if (data.error_strategy === FAIL_HANDLE) rows.push({ id: FAIL_HANDLE, label: 'ON ERROR', text: '' });
  const placed = rows.map((row, index) => ({ ...row, y: HEADER + ROW * index + ROW / 2 - 4 }));
  return isBranch ? placed : [{ id: DEFAULT_HANDLE, label: '', text: '', y: HEADER / 2 }, ...placed];
}

/** How high a box has to be for its handles. Pixels. */
export function heightFor(handles: readonly DrawnHandle[]): number {
  const rows = handles.filter(({ label }) => label !== '').length;
  return rows === 0 ? HEADER : HEADER + ROW * rows + 2;
}

function rowsOf(data: Data): Row[] {
  switch (data.type) {
    case 'if-else':
      return casesOf(data);
    case 'question-classifier':
      return objects(data.classes).map((item, index) => ({
        id: text(item.id),
        label: `CLASS ${String(index + 1)}`,
        text: text(item.label) || text(item.name),
      }));
    case 'human-input':
      return [
        ...objects(data.user_actions).map((action) => ({ id: text(action.id), label: 'ACTION', text: text(action.title) })),
        { id: '__timeout', label: 'TIME OUT', text: '' },
      ];
    default:
      return [];
  }
}

function casesOf(data: Data): Row[] {
  const cases = objects(data.cases);
  const groups = cases.length > 0 ? cases : [{ case_id: 'true', logical_operator: data.logical_operator, conditions: data.conditions }];
  return [
    ...groups.map((group, index) => ({ id: text(group.case_id), label: index === 0 ? 'IF' : 'ELIF', text: conditionText(group) })),
    { id: 'false', label: 'ELSE', text: '' },
  ];
}

function conditionText(group: JsonObject): string {
  const operator = group.logical_operator === 'or' ? ' or ' : ' and ';
  return objects(group.conditions)
    .map(({ variable_selector: selector, comparison_operator: comparison, value }) =>
      [Array.isArray(selector) ? text(selector.at(-1)) : '', text(comparison), text(value)].filter((part) => part !== '').join(' '),
    )
    .join(operator);
}

/** What a node works with, in a few words. */
export function subtitleOf(data: Data): string {
  switch (data.type) {
    case 'llm':
    case 'question-classifier':
    case 'parameter-extractor':
      return isJsonObject(data.model) ? text(data.model.name) : '';
    case 'agent':
      return text(data.agent_strategy_label) || text(data.agent_strategy_name);
    case 'tool':
      return text(data.tool_label) || text(data.tool_name);
    case 'http-request':
      return `${text(data.method).toUpperCase()} ${text(data.url)}`;
    case 'code':
      return text(data.code_language);
    case 'start':
      return objects(data.variables)
        .map(({ variable }) => text(variable))
        .join(', ');
    case 'end':
      return objects(data.outputs)
        .map(({ variable }) => text(variable))
        .join(', ');
    case 'answer':
      return text(data.answer);
    case 'knowledge-retrieval':
      return counted(data.dataset_ids, 'knowledge base');
    case 'loop':
      return typeof data.loop_count === 'number' ? `at most ${String(data.loop_count)} rounds` : '';
    case 'iteration':
      return data.is_parallel === true ? 'in parallel' : '';
    default:
      return '';
  }
}

function counted(list: unknown, what: string): string {
  const count = Array.isArray(list) ? list.length : 0;
  return `${String(count)} ${what}${count === 1 ? '' : 's'}`;
}

/** The text of a remark, which the console keeps as a tree of its editor. */
export function noteText(data: Data): string {
  const raw = text(data.text);
  try {
    const lines: string[] = [];
    collect((JSON.parse(raw) as JsonObject).root, lines);
    return lines.join('\n');
  } catch {
    return raw;
  }
}

function collect(node: unknown, lines: string[], depth = 0): void {
  if (!isJsonObject(node) || depth > 20) return;
  if (node.type === 'text') lines.push(`${lines.pop() ?? ''}${text(node.text)}`);
  else if (node.type !== 'root' && node.type !== 'link' && node.type !== 'list') lines.push('');
  for (const child of objects(node.children)) collect(child, lines, depth + 1);
}

function objects(list: unknown): JsonObject[] {
  return Array.isArray(list) ? (list as unknown[]).filter(isJsonObject) : [];
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}
