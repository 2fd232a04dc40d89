import { readFile } from 'node:fs/promises';
import { parseDsl, type GraphProblem, type ParsedDsl } from '#engines/workflow';

/** Reads a DSL file; a file that can't be opened is a problem like any other. */
export async function readDslFile(path: string): Promise<ParsedDsl> {
  try {
    return parseDsl(await readFile(path, 'utf8'));
  } catch (error) {
    const message = `It can't be read: ${(error as Error).message}`;
    return { document: null, problems: [{ level: 'error', code: 'UNREADABLE_FILE', message }] };
  }
}

/** A problem as a line: `FILE: error CODE: message`. */
export function problemLine(path: string, { level, code, message, nodeId, field }: GraphProblem): string {
  const place = nodeId === undefined && field !== undefined ? ` (${field})` : '';
  return printable(`${path}: ${level} ${code}${place}: ${message}`);
}

/** A text without what a terminal would take for a command. */
export function printable(text: string): string {
  return text.replace(/[^\P{Cc}\n\t]/gu, '');
}
