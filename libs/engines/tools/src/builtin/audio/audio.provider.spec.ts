import type { ModelRuntime } from '#engines/model-runtime';
import { SpeechModels, type SpeechModel } from '../../ports/speech-models.port.js';
import { BuiltinTools } from '../../runtime/builtin-tools.js';
import { callTool, TEST_MOMENT } from '../../testing/call-tool.js';
import { ToolFile } from '../../types/tool-file.js';
import { audioProvider } from './audio.provider.js';
import { RuntimeSpeech } from './runtime-speech.js';

const voices = [
  { value: 'alloy', name: 'Alloy' },
  { value: 'echo', name: 'Echo' },
];

/** Two models of each kind; speech is the text in two pieces, a transcript tells what was heard. */
class TestSpeech extends SpeechModels {
  override list(kind: 'speech2text' | 'tts'): Promise<readonly SpeechModel[]> {
    const model = (provider: string, withVoices: boolean): SpeechModel => ({
      provider,
      model: `${kind}-1`,
      label: `The ${kind}`,
      voices: withVoices ? voices : [],
    });
    return Promise.resolve([model('one', kind === 'tts'), model('two', false)]);
  }

  override transcribe(...[model, sound]: Parameters<SpeechModels['transcribe']>): Promise<string> {
    return Promise.resolve(
      `${model.provider} heard ${Buffer.from(sound.audio).toString()} in ${sound.filename} (${sound.mimeType}) of ${sound.user}`,
    );
  }

  override async *synthesize(...[model, speech]: Parameters<SpeechModels['synthesize']>): AsyncGenerator<Uint8Array> {
    yield Buffer.from(`${model.provider} ${String(speech.voice)} `);
    yield Buffer.from(speech.text);
  }
}

class SoundFile extends ToolFile {
  readonly filename = 'hello.mp3';
  readonly mimeType = 'audio/mpeg';

  constructor(readonly kind: ToolFile['kind'] = 'audio') {
    super();
  }

  override read(): Promise<Uint8Array> {
    return Promise.resolve(Buffer.from('hello'));
  }
}

const ports = { speech: new TestSpeech() };

describe('tts', () => {
  const call = (settings: Record<string, unknown>, given: Record<string, unknown> = { text: 'hi there' }): ReturnType<typeof callTool> =>
    callTool(audioProvider, 'tts', { given, settings, ports });

  it('should speak with the voice chosen for the model, else with its first', async () => {
    const spoken = async (settings: Record<string, unknown>): Promise<string> => {
      const [text, sound] = await call(settings);
      expect(text).toEqual({ type: 'text', text: 'Audio generated successfully' });
      expect(sound).toMatchObject({ type: 'blob', mimeType: 'audio/x-wav', filename: null });
      return sound?.type === 'blob' ? Buffer.from(sound.bytes).toString() : '';
    };
    expect(await spoken({ model: 'one#tts-1', 'voice#one#tts-1': 'echo' })).toBe('one echo hi there');
    expect(await spoken({ model: 'one#tts-1' })).toBe('one alloy hi there');
    expect(await spoken({ model: 'two#tts-1' })).toBe('two null hi there');
  });

  it('should offer the models of the workspace, and the voices of each', async () => {
    const { parameters } = await new BuiltinTools([audioProvider]).ready('audio', 'tts', { clock: { now: () => TEST_MOMENT }, ...ports });
    expect(parameters.map(({ name, form, type }) => `${name} ${form} ${type}`)).toEqual([
      'text llm string',
      'model form select',
      'voice#one#tts-1 form select',
    ]);
    expect(parameters[1]?.options.map(({ value }) => value)).toEqual(['one#tts-1', 'two#tts-1']);
    expect(parameters[2]?.options.map(({ value }) => value)).toEqual(['alloy', 'echo']);
  });

  it('should refuse models and voices that there are not', async () => {
    await expect(call({})).rejects.toThrow('tool parameter model not found in tool config');
    await expect(call({ model: '' })).rejects.toThrow('tool parameter model not found in tool config');
    await expect(call({ model: 'three#x' })).rejects.toThrow("not in options ['one#tts-1', 'two#tts-1']");
    await expect(call({ model: 'one#tts-1', 'voice#one#tts-1': 'nobody' })).rejects.toThrow('not in options');
    await expect(call({ model: 'one#tts-1' }, {})).rejects.toThrow('Missing required parameter text');
    await expect(callTool(audioProvider, 'tts', { given: { text: 'x', model: 'one#tts-1' } })).rejects.toThrow(
      'the port `speech` is missing',
    );
  });
});

describe('asr', () => {
  const call = (audioFile: unknown): ReturnType<typeof callTool> =>
    callTool(audioProvider, 'asr', { given: { audio_file: audioFile }, settings: { model: 'one#speech2text-1' }, ports });

  it('should write down what is said', async () => {
    const text = 'one heard hello in hello.mp3 (audio/mpeg) of test_user';
    expect(await call(new SoundFile())).toEqual([{ type: 'text', text }]);
    expect(await call([new SoundFile()])).toEqual([{ type: 'text', text }]);
  });

  it('should refuse what is no sound', async () => {
    await expect(call(new SoundFile('image'))).rejects.toThrow('not a valid audio file');
    await expect(call('hello.mp3')).rejects.toThrow('not a valid audio file');
    await expect(call([new SoundFile(), new SoundFile()])).rejects.toThrow('only accepts one file');
  });
});

describe('RuntimeSpeech', () => {
  it("should call the runtime with the workspace's credentials", async () => {
    const asked: unknown[] = [];
    const runtime = {
      voices: () => Promise.resolve([{ mode: 'alloy', name: 'Alloy', language: ['en-US'] }]),
      transcribe: (...told: unknown[]) => {
        asked.push(told);
        return Promise.resolve('text');
      },
      synthesize: async function* (...told: unknown[]) {
        asked.push(told);
        yield Buffer.from('sound');
      },
    } as unknown as ModelRuntime;
    const target = { provider: 'openai', model: 'm', credentials: { key: 'k' } };
    const speech = new RuntimeSpeech(runtime, {
      list: () => Promise.resolve([{ target, label: 'M' }]),
      target: () => Promise.resolve(target),
    });
    expect(await speech.list('tts')).toEqual([{ provider: 'openai', model: 'm', label: 'M', voices: [{ value: 'alloy', name: 'Alloy' }] }]);
    expect((await speech.list('speech2text'))[0]?.voices).toEqual([]);
    const { signal } = new AbortController();
    const sound = { audio: Buffer.from('x'), filename: 'a.mp3', mimeType: 'audio/mpeg', user: 'u' };
    expect(await speech.transcribe(target, sound, signal)).toBe('text');
    const pieces: string[] = [];
    for await (const piece of speech.synthesize(target, { text: 't', voice: null, user: 'u' }, signal))
      pieces.push(Buffer.from(piece).toString());
    expect(pieces).toEqual(['sound']);
    expect(asked).toEqual([
      [target, sound, { signal }],
      [target, { text: 't', user: 'u' }, { signal }],
    ]);
  });
});
