/** Cuts a text into pieces of at most `limit` characters, after a sentence where one ends, else at a blank, else anywhere. */
export function speechPieces(text: string, limit: number): string[] {
  const pieces: string[] = [];
  let rest = text.trim();
  while (rest.length > limit) {
    const window = rest.slice(0, limit);
    const end = lastEnd(window) || window.lastIndexOf(' ') + 1 || limit;
    pieces.push(rest.slice(0, end).trim());
    rest = rest.slice(end).trim();
  }
  if (rest !== '') pieces.push(rest);
  return pieces.filter(Boolean);
}

/** Where the last sentence of a text ends; 0 when none does. */
function lastEnd(text: string): number {
  let end = 0;
  for (const match of text.matchAll(/[。！？；\n]|[.!?;](?=\s)/gu)) end = match.index + 1;
  return end;
}
