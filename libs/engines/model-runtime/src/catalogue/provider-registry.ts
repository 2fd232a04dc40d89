import { AnthropicProvider } from '../anthropic/anthropic.provider.js';
import { BuiltinProvider } from '../builtin/builtin.provider.js';
import { ProviderNotFoundError } from '../model-runtime.errors.js';
import { OpenAiProvider } from '../openai/openai.provider.js';
import type { ModelProvider } from '../ports/model-provider.port.js';
import { once } from '../once.js';
import { loadProviderFacts } from './facts.js';
import { longProviderId } from './provider-id.js';

/** All providers by id. The facts are read on first use. */
export class ProviderRegistry {
  private readonly load: () => Promise<ReadonlyMap<string, ModelProvider>>;

  constructor(load: () => Promise<readonly ModelProvider[]>) {
    this.load = once(async () => new Map((await load()).map((provider) => [provider.id, provider])));
  }

  /** The built-in provider and all that the data folder knows, plus `more`. */
  static standard(more: readonly ModelProvider[] = []): ProviderRegistry {
    return new ProviderRegistry(async () => {
      const facts = await loadProviderFacts();
      const known = facts.map((provider) =>
        provider.adapter === 'anthropic' ? new AnthropicProvider(provider) : new OpenAiProvider(provider),
      );
      return [new BuiltinProvider(), ...known, ...more];
    });
  }

  /** By long or short id. Throws ProviderNotFoundError. */
  async get(id: string): Promise<ModelProvider> {
    const known = await this.load();
    const provider = known.get(id) ?? known.get(longProviderId(id));
    if (!provider) throw new ProviderNotFoundError(id);
    return provider;
  }

  async list(): Promise<ModelProvider[]> {
    return [...(await this.load()).values()];
  }
}
