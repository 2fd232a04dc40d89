interface Cue {
  speaker: string | null;
  text: string;
}

/** WebVTT as lines of `speaker "text"`: what one speaker says in a row is one line. */
export function readSubtitles(text: string): string {
  const said: Cue[] = [];
  for (const cue of cuesOf(text)) {
    const last = said.at(-1);
    if (last !== undefined && cue.speaker !== null && last.speaker === cue.speaker) last.text += ` ${cue.text}`;
    else said.push(cue);
  }
  return said.map(({ speaker, text: words }) => `${speaker ?? ''} "${words}"`).join('\n');
}

function cuesOf(text: string): Cue[] {
  return text.split(/(?:\r\n?|\n){2,}/).flatMap((block) => {
    const lines = block.split(/\r\n|[\n\r]/);
    const timing = lines.findIndex((line) => line.includes('-->'));
    // Blocks without times are the head, notes and styles.
    if (timing < 0 || timing > 1) return [];
    const payload = lines
      .slice(timing + 1)
      .join('\n')
      .trim();
    return payload === ''
      ? []
      : [{ speaker: /^<v(?:\.[^\s>]*)?\s+([^>]+)>/.exec(payload)?.[1]?.trim() ?? null, text: payload.replace(/<[^>]*>/g, '') }];
  });
}
