const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
/** What XML can't hold, not even escaped. */
const FORBIDDEN = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
/** Characters as wide as they are high. */
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\u{1f000}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const NARROW = /[iljtfrI.,:;'|!()[\]{} ]/;
const BROAD = /[mwMW@%ABCDEFGHKNOPQRSTUVXYZ0-9]/;

/** A text as it may stand in SVG, in an attribute too. */
export function svgText(text: string): string {
  return text.replace(FORBIDDEN, '').replace(/[&<>"']/g, (character) => ESCAPES[character] as string);
}

/** About how wide a text is. Pixels. */
export function textWidth(text: string, fontSize: number): number {
  let width = 0;
  for (const character of text) width += widthOf(character);
  return width * fontSize;
}

function widthOf(character: string): number {
  if (WIDE.test(character)) return 1;
  if (NARROW.test(character)) return 0.3;
  return BROAD.test(character) ? 0.66 : 0.54;
}

/** As much of a text as fits one line, with an ellipsis where something is left out. Line breaks become blanks. */
export function cutToWidth(text: string, width: number, fontSize: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (textWidth(line, fontSize) <= width) return line;
  let cut = '';
  let used = fontSize;
  for (const character of line) {
    used += widthOf(character) * fontSize;
    if (used > width) break;
    cut += character;
  }
  return `${cut.trimEnd()}…`;
}

/** A text in lines of at most so many pixels; what has no place is left out, with an ellipsis. */
export function wrapped(text: string, width: number, fontSize: number, maxLines: number): string[] {
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    let line = '';
    for (const piece of paragraph.match(/\s+|[\u0021-\u024f]+|[^\s]/gu) ?? []) {
      if (line === '' || textWidth(line + piece, fontSize) <= width) {
        line += piece;
        continue;
      }
      lines.push(line);
      line = piece.trimStart();
      if (lines.length > maxLines) break;
    }
    lines.push(line);
    if (lines.length > maxLines) break;
  }
  if (lines.length <= maxLines) return lines.map((line) => cutToWidth(line, width, fontSize));
  const shown = lines.slice(0, maxLines).map((line) => cutToWidth(line, width, fontSize));
  return [...shown.slice(0, -1), `${cutToWidth(shown.at(-1) ?? '', width - fontSize, fontSize)}…`];
}

/** A number without a tail. */
export function svgNumber(value: number): string {
  return String(Math.round(value * 10) / 10);
}
