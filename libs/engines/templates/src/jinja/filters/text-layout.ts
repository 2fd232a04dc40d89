import { escapeHtml } from '../text.js';

/** How `truncate` cuts. */
export interface TruncateOptions {
  length: number;
  cutsWords: boolean;
  end: string;
  /** A text longer by no more than this is left alone. */
  leeway: number;
}

/** The beginning of a text, with an ellipsis. */
export function truncate(text: string, { length, cutsWords, end, leeway }: TruncateOptions): string {
  const characters = Array.from(text);
  if (characters.length <= length + leeway) return text;
  const kept = characters.slice(0, Math.max(0, length - Array.from(end).length)).join('');
  if (cutsWords) return kept + end;
  const blank = kept.lastIndexOf(' ');
  return (blank === -1 ? kept : kept.slice(0, blank)) + end;
}

/** How `wordwrap` breaks. */
export interface WrapOptions {
  width: number;
  breaksWords: boolean;
  breaksAtHyphens: boolean;
}

/** A line in lines of at most `width` characters, blanks inside them kept. */
export function wordWrap(line: string, { width, breaksWords, breaksAtHyphens }: WrapOptions): string[] {
  const pieces = breaksAtHyphens
    ? line.split(/(\s+)/).flatMap((piece) => piece.split(/(?<=[\p{L}\p{N}]-)(?=\p{L})/u))
    : line.split(/(\s+)/);
  const lines: string[] = [];
  let current = '';
  for (const piece of pieces.filter((each) => each !== '')) {
    if (current.length + piece.length <= width) {
      current += piece;
      continue;
    }
    if (/^\s/.test(piece)) {
      lines.push(current);
      current = '';
      continue;
    }
    let rest = piece;
    if (current.trim() !== '' && (rest.length <= width || !breaksWords)) {
      lines.push(current.trimEnd());
      current = '';
    }
    while (breaksWords && current.length + rest.length > width) {
      const room = width - current.length;
      lines.push(current + rest.slice(0, room));
      rest = rest.slice(room);
      current = '';
    }
    current += rest;
  }
  if (current.trim() !== '' || lines.length === 0) lines.push(current.trimEnd());
  return lines;
}

/** How `urlize` writes links. */
export interface UrlizeOptions {
  limit: number | undefined;
  rel: string;
  target: string | undefined;
}

/** No address is longer; a pattern on a longer word could take quadratic time. */
const LONGEST_ADDRESS = 2000;
const LINK = /^([(<[]*)((?:https?:\/\/|www\.)[^\s<>"']+?|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)([)>\].,!?:;]*)$/i;

/** A text in which addresses are links. */
export function urlize(text: string, { limit, rel, target }: UrlizeOptions): string {
  const shorten = (url: string): string => (limit !== undefined && url.length > limit ? `${url.slice(0, limit)}...` : url);
  const attributes = `${rel === '' ? '' : ` rel="${escapeHtml(rel)}"`}${target === undefined ? '' : ` target="${escapeHtml(target)}"`}`;
  return escapeHtml(text)
    .split(/(\s+)/)
    .map((word) => {
      const [, before = '', url, after = ''] = (word.length <= LONGEST_ADDRESS && LINK.exec(word)) || [];
      if (url === undefined) return word;
      if (url.includes('@') && !/^(https?:|www\.)/i.test(url)) return `${before}<a href="mailto:${url}">${url}</a>${after}`;
      const href = /^www\./i.test(url) ? `https://${url}` : url;
      return `${before}<a href="${href}"${attributes}>${shorten(url)}</a>${after}`;
    })
    .join('');
}
