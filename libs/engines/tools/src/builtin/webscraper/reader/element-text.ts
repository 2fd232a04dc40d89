/** What the walk needs of a node; the DOM has much more. */
export interface TextNode {
  readonly nodeType: number;
  readonly nodeName: string;
  readonly textContent: string | null;
  readonly firstChild: TextNode | null;
  readonly nextSibling: TextNode | null;
  readonly parentNode: TextNode | null;
}

const TEXT = 3;
const SILENT = new Set(['SCRIPT', 'STYLE', 'NOSCRIPT', 'TEMPLATE', 'SVG', 'HEAD', 'TITLE', 'IFRAME', 'OBJECT']);
/** Begin and end with a line of their own; the number is of empty lines around. */
const BLOCKS = new Map<string, 0 | 1>([
  ...['P', 'H1', 'H2', 'H3', 'H4', 'H5', 'H6', 'UL', 'OL', 'DL', 'PRE', 'BLOCKQUOTE', 'TABLE', 'FIGURE', 'HR', 'ARTICLE', 'SECTION'].map(
    (name) => [name, 1] as const,
  ),
  ...['DIV', 'LI', 'TR', 'DT', 'DD', 'BR', 'HEADER', 'FOOTER', 'MAIN', 'NAV', 'ASIDE', 'FIGCAPTION', 'FORM', 'BODY'].map(
    (name) => [name, 0] as const,
  ),
]);
const CELLS = new Set(['TD', 'TH']);

/** The text of an element as a person reads it: paragraphs apart, items with a dash, cells of a table with bars between. Walks without recursion: pages may nest as they like. */
export function elementText(root: TextNode): string {
  const lines = new Lines();
  let node: TextNode | null = root;
  while (node !== null) {
    const isSilent = SILENT.has(node.nodeName.toUpperCase());
    if (!isSilent) lines.enter(node);
    if (!isSilent && node.firstChild !== null) {
      node = node.firstChild;
      continue;
    }
    while (node !== null && node !== root && node.nextSibling === null) {
      lines.leave(node);
      node = node.parentNode;
    }
    if (node === null || node === root) break;
    lines.leave(node);
    node = node.nextSibling;
  }
  return lines.text;
}

/** Puts words into lines. */
class Lines {
  private readonly done: string[] = [];
  private line = '';
  private emptyLines = 0;
  private preformatted = 0;

  enter(node: TextNode): void {
    if (node.nodeType === TEXT) {
      this.write(node.textContent ?? '');
      return;
    }
    const name = node.nodeName.toUpperCase();
    const around = BLOCKS.get(name);
    if (around !== undefined) this.end(around);
    if (name === 'LI') this.line = '- ';
    if (name === 'PRE') this.preformatted += 1;
    if (CELLS.has(name) && this.line.trim() !== '') this.line = `${this.line.trimEnd()} | `;
  }

  leave(node: TextNode): void {
    const name = node.nodeName.toUpperCase();
    if (name === 'PRE') this.preformatted -= 1;
    const around = BLOCKS.get(name);
    if (around !== undefined) this.end(around);
  }

  get text(): string {
    this.end(0);
    return this.done.join('\n').trim();
  }

  private write(text: string): void {
    if (this.preformatted === 0) {
      const words = text.replaceAll(/\s+/g, ' ');
      this.line += this.line === '' || this.line.endsWith(' ') ? words.trimStart() : words;
      return;
    }
    const [first = '', ...rest] = text.split('\n');
    this.line += first;
    for (const line of rest) {
      this.push(this.line.trimEnd());
      this.line = line;
    }
  }

  /** Ends the line; what comes next has so many empty lines before it, at least. */
  private end(emptyLines: 0 | 1): void {
    const line = this.line.trimEnd();
    this.line = '';
    if (line !== '' && line !== '-') this.push(line);
    this.emptyLines = Math.max(this.emptyLines, emptyLines);
  }

  private push(line: string): void {
    if (this.emptyLines > 0 && this.done.length > 0) this.done.push('');
    this.done.push(line);
    this.emptyLines = 0;
  }
}
