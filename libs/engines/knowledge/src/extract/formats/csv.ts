import { parse } from 'csv-parse/sync';

/** The rows of comma separated values; lines without any are left out, quotes that stand where they should not are taken as they are. */
export function readCsv(text: string): string[][] {
  return parse(text, { relax_column_count: true, relax_quotes: true, skip_empty_lines: true, record_delimiter: ['\r\n', '\n', '\r'] });
}
