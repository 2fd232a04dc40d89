import { AnswerSpeech, type SpeechPorts } from './answer-speech.js';
import { SentenceCutter } from './sentence-cutter.js';

describe('SentenceCutter', () => {
  it('should wait for two sentences, then three, and keep what is no sentence yet', () => {
    const cutter = new SentenceCutter();

    const said = ['One', '. Two', '! Th', 'ree. Four. ', 'Five? Six'].map((piece) => cutter.push(piece));

    expect(said).toEqual([null, null, 'One. Two!', null, ' Three. Four. Five?']);
    expect(cutter.rest()).toBe(' Six');
  });

  it('should ask for seven sentences at most', () => {
    const cutter = new SentenceCutter();

    const counts = Array.from({ length: 60 }, () => cutter.push('是。')).flatMap((text) => (text === null ? [] : [text.length / 2]));

    expect(counts).toEqual([2, 3, 4, 5, 6, 7, 7, 7, 7, 7]);
  });

  it('should have nothing to say of blanks', () => {
    const cutter = new SentenceCutter();
    cutter.push(' \n');

    expect(cutter.rest()).toBeNull();
  });
});

/** Holds a text back until it is let go. */
interface Gate {
  promise: Promise<void>;
  resolve: () => void;
  reject: (error: Error) => void;
}

describe('AnswerSpeech', () => {
  const pieceOf = (text: string) => new TextEncoder().encode(text);

  /** A voice whose every text says itself once it is let go. */
  class Voice implements SpeechPorts {
    readonly asked: string[] = [];
    readonly played: string[] = [];
    readonly failures: unknown[] = [];
    private readonly gates = new Map<string, Gate>();

    async *synthesize(text: string): AsyncIterable<Uint8Array> {
      this.asked.push(text);
      await this.gate(text).promise;
      yield pieceOf(text);
      yield pieceOf('|');
    }

    play(piece: Uint8Array): void {
      this.played.push(new TextDecoder().decode(piece));
    }

    failed(error: unknown): void {
      this.failures.push(error);
    }

    gate(text: string): Gate {
      const gate = this.gates.get(text) ?? newGate();
      this.gates.set(text, gate);
      return gate;
    }
  }

  function newGate(): Gate {
    const made = {} as Gate;
    made.promise = new Promise<void>((resolve, reject) => Object.assign(made, { resolve, reject }));
    return made;
  }

  const hear = (speech: AnswerSpeech, ...pieces: string[]) => speech.observe(pieces.map((answer) => ({ type: 'message', answer })));
  const never = new AbortController().signal;

  it('should ask for three texts at a time and play them in the order of the answer', async () => {
    const voice = new Voice();
    const speech = new AnswerSpeech(voice, never);
    hear(speech, 'a.a.', 'b.b.b.', 'c.c.c.c.', 'd');
    const finished = speech.finish();

    expect(voice.asked).toEqual(['a.a.', 'b.b.b.', 'c.c.c.c.']);
    for (const text of ['c.c.c.c.', 'b.b.b.', 'a.a.', 'd']) voice.gate(text).resolve();
    await finished;

    expect(voice.asked).toHaveLength(4);
    expect(voice.played.join('')).toBe('a.a.|b.b.b.|c.c.c.c.|d|');
    expect(voice.failures).toEqual([]);
  });

  it('should go silent when a text can not be spoken, and say why', async () => {
    const voice = new Voice();
    const speech = new AnswerSpeech(voice, never);
    hear(speech, 'a.a.', 'b.b.b.');
    voice.gate('a.a.').resolve();
    voice.gate('b.b.b.').reject(new Error('no voice'));
    hear(speech, 'more');
    voice.gate('more').resolve();

    await speech.finish();

    expect(voice.played.join('')).toBe('a.a.|');
    expect(voice.failures).toEqual([new Error('no voice')]);
  });

  it('should not speak an answer that was replaced', async () => {
    const voice = new Voice();
    const speech = new AnswerSpeech(voice, never);
    hear(speech, 'Forbidden wor');
    speech.observe([{ type: 'message_replace', answer: 'Something else. Really.', reason: '' }]);
    hear(speech, 'ds. And more.');

    await speech.finish();

    expect(voice.asked).toEqual([]);
  });

  it('should end with the run that was stopped', async () => {
    const voice = new Voice();
    const run = new AbortController();
    const speech = new AnswerSpeech(voice, run.signal);
    hear(speech, 'a.a.');
    run.abort('stopped');

    await speech.finish();

    expect(voice.played).toEqual([]);
    expect(voice.failures).toEqual([]);
  });

  describe('with a voice that hangs', () => {
    beforeEach(() => void vi.useFakeTimers());
    afterEach(() => void vi.useRealTimers());

    it('should give up after five silent seconds, counted from the last piece', async () => {
      const voice = new Voice();
      const speech = new AnswerSpeech(voice, never);
      hear(speech, 'a.a.', 'b.b.b.');
      let isOver = false;
      const finished = speech.finish().then(() => (isOver = true));

      await vi.advanceTimersByTimeAsync(4000);
      voice.gate('a.a.').resolve();
      await vi.advanceTimersByTimeAsync(4900);
      expect(isOver).toBe(false);
      await vi.advanceTimersByTimeAsync(200);

      expect(isOver).toBe(true);
      await finished;
      expect(voice.played.join('')).toBe('a.a.|');
    });
  });
});
