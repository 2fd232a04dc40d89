import { setImmediate } from 'node:timers/promises';
import {
  BUILTIN_PROVIDER,
  emptyUsage,
  longProviderId,
  shortProviderId,
  textOf,
  type Credentials,
  type LlmChunk,
  type ModelRuntime,
} from '#engines/model-runtime';
import { modelRuntimePort, WorkflowModels, type ModelChoice, type WorkflowModel } from '#engines/workflow';
import { modelEnvironment } from '#platform/config';
import { fits, type ModelsFile } from './models-file.js';

const TEST_MODEL = 'echo-1';
/** Fields of a provider's form that hold its address. */
const ADDRESS = /url|base|endpoint/;

/**
 * The models of a run on the command line: a scripted answer where one fits; the model itself where file or environment have credentials of its provider; else the
 * model that the file names as default, or the built-in test model.
 */
export class CliModels extends WorkflowModels {
  private readonly models: WorkflowModels;

  constructor(
    private readonly runtime: ModelRuntime,
    private readonly file: ModelsFile,
    /** Told once a model: another one answers in its place. */
    private readonly notice: (text: string) => void,
  ) {
    super();
    const known = new Set<string>();
    this.models = modelRuntimePort(runtime, async ({ provider, name }) => {
      const credentials = await this.credentialsOf(provider);
      if (credentials !== null) return { provider: longId(provider), model: name, credentials };
      const { default: other = { provider: BUILTIN_PROVIDER, name: TEST_MODEL } } = this.file;
      const key = `${provider} ${name}`;
      if (!known.has(key) && longId(provider) !== longId(other.provider))
        this.notice(`${name} (${provider}): no credentials, so ${other.name} (${other.provider}) answers.`);
      known.add(key);
      return { provider: longId(other.provider), model: other.name, credentials: (await this.credentialsOf(other.provider)) ?? {} };
    });
  }

  override async resolve(choice: ModelChoice): Promise<WorkflowModel> {
    const answers = this.file.answers.filter(({ model }) => fits(model, choice.name, `${shortProviderId(choice.provider)}/${choice.name}`));
    const [first] = answers;
    if (first === undefined) return this.models.resolve(choice);
    const always = answers.some(({ contains }) => contains === undefined);
    const real = always ? null : await this.models.resolve(choice);
    return {
      schema: real?.schema ?? null,
      invoke: (request, options) => {
        const prompt = request.messages.map(({ content }) => textOf(content)).join('\n');
        const answer = answers.find(({ contains }) => contains === undefined || prompt.includes(contains));
        if (answer !== undefined) return play(answer);
        return (real as WorkflowModel).invoke(request, options);
      },
    };
  }

  /** Null when neither file nor environment has any; the built-in provider needs none. */
  private async credentialsOf(provider: string): Promise<Credentials | null> {
    const id = longId(provider);
    if (id === BUILTIN_PROVIDER) return {};
    const listed = Object.entries(this.file.credentials).find(([name]) => longId(name) === id);
    if (listed !== undefined) return listed[1];
    const { apiKey, baseUrl } = modelEnvironment(shortProviderId(id));
    if (apiKey === undefined) return null;
    const { providerForm, modelForm } = await this.runtime.providerManifest(provider);
    const fields = providerForm ?? modelForm?.fields ?? [];
    const key = fields.find(({ type }) => type === 'secret-input');
    const address = fields.find(({ variable }) => ADDRESS.test(variable));
    return {
      ...(key === undefined ? {} : { [key.variable]: apiKey }),
      ...(baseUrl === undefined || address === undefined ? {} : { [address.variable]: baseUrl }),
    };
  }
}

function longId(provider: string): string {
  if (provider === 'builtin') return BUILTIN_PROVIDER;
  try {
    return longProviderId(provider);
  } catch {
    return provider;
  }
}

/** A scripted answer, word by word. */
async function* play({ text = '', error }: { text?: string | undefined; error?: string | undefined }): AsyncGenerator<LlmChunk[]> {
  // A model is never there at once: what waits for it gets its turn.
  await setImmediate();
  if (error !== undefined) throw new ScriptedError(error);
  for (const [word] of text.matchAll(/\s*\S+|\s+$/g)) yield [{ text: word }];
  yield [{ text: '', usage: emptyUsage(), finishReason: 'stop' }];
}

/** The failure that a script asks for. */
export class ScriptedError extends Error {
  override readonly name = 'ScriptedError';
}
