const DATA = 'data: ';

/** What a reader of these frames has been told of the answer: its pieces, or what took their place. */
export function answerInFrames(text: string): string {
  let answer = '';
  for (const frame of text.split('\n\n')) {
    if (!frame.startsWith(DATA)) continue;
    const { event, answer: piece } = JSON.parse(frame.slice(DATA.length)) as { event: string; answer?: unknown };
    if (typeof piece !== 'string') continue;
    if (event === 'message' || event === 'agent_message') answer += piece;
    else if (event === 'message_replace') answer = piece;
  }
  return answer;
}
