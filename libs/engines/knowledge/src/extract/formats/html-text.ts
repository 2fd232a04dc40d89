const TAG_NAME = /[A-Za-z\d:-]/;
const HIDDEN: ReadonlySet<string> = new Set(['script', 'style', 'template', 'head', 'noscript']);
const INLINE: ReadonlySet<string> = new Set(
  'a abbr b bdi bdo cite code data del dfn em font i ins kbd mark q rp rt ruby s samp small span strike strong sub sup time tt u var wbr'.split(
    ' ',
  ),
);
const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  copy: '©',
  reg: '®',
  hellip: '…',
  mdash: '—',
  ndash: '–',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  bull: '•',
  middot: '·',
  deg: '°',
  euro: '€',
  trade: '™',
  laquo: '«',
  raquo: '»',
  shy: '',
};

const MAY_BEGIN_TAG: ReadonlySet<string> = new Set('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz/!?');

/** The text that a page of HTML shows: each block on lines of its own, blanks as a browser shows them. In linear time, whatever the markup. */
export function htmlText(html: string): string {
  const lines: string[] = [];
  let line = '';
  let hidden: string | null = null;
  const endLine = (): void => {
    const words = line.replace(/[\s\u00a0]+/g, ' ').trim();
    if (words !== '') lines.push(words);
    line = '';
  };
  for (let at = 0; at < html.length;) {
    const open = html.indexOf('<', at);
    const end = open < 0 ? html.length : open;
    if (hidden === null) line += decodeEntities(html.slice(at, end));
    if (open < 0) break;
    if (!MAY_BEGIN_TAG.has(html[open + 1] ?? '')) {
      if (hidden === null) line += '<';
      at = open + 1;
      continue;
    }
    const tag = tagAt(html, open);
    at = tag.end;
    if (hidden !== null) {
      if (tag.isClosing && tag.name === hidden) hidden = null;
    } else if (tag.name === '') line += tag.text;
    else if (HIDDEN.has(tag.name)) hidden = tag.isClosing || tag.isEmpty ? null : tag.name;
    else if (!INLINE.has(tag.name) && tag.name !== '!') endLine();
  }
  endLine();
  return lines.join('\n');
}

interface Tag {
  /** Lower case; `!` for comments and declarations, empty for a `<` that begins no tag. */
  name: string;
  isClosing: boolean;
  isEmpty: boolean;
  end: number;
  text: string;
}

function tagAt(html: string, open: number): Tag {
  const none = { isClosing: false, isEmpty: false, text: '' };
  if (html.startsWith('<!--', open)) return { ...none, name: '!', end: after(html, '-->', open + 4) };
  if (html[open + 1] === '!' || html[open + 1] === '?') return { ...none, name: '!', end: after(html, '>', open + 2) };
  const isClosing = html[open + 1] === '/';
  const start = open + (isClosing ? 2 : 1);
  let stop = start;
  while (TAG_NAME.test(html[stop] ?? '')) stop += 1;
  if (stop === start || /[\d:-]/.test(html[start] as string)) return { ...none, name: '', text: '<', end: open + 1 };
  const end = after(html, '>', stop);
  return { name: html.slice(start, stop).toLowerCase(), isClosing, isEmpty: html[end - 2] === '/', text: '', end };
}

function after(html: string, mark: string, from: number): number {
  const found = html.indexOf(mark, from);
  return found < 0 ? html.length : found + mark.length;
}

function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    /&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|([A-Za-z]{2,8}));/g,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return NAMED[name] ?? whole;
      const code = decimal === undefined ? Number.parseInt(hex as string, 16) : Number(decimal);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}
