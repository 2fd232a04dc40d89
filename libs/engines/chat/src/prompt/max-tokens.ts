import type { ModelParameters, ModelSchema } from '#engines/model-runtime';

const LEAST_ANSWER = 16;

/** The parameter that limits the answer: the one named `max_tokens` or made from that template; null when the model has none. */
function limitName(schema: ModelSchema | null): string | null {
  return schema?.parameterRules.find((rule) => rule.name === 'max_tokens' || rule.useTemplate === 'max_tokens')?.name ?? null;
}

/** The configured length of the answer, 0 when it is unset. */
export function maxTokensOf(schema: ModelSchema | null, parameters: ModelParameters): number {
  const name = limitName(schema);
  const value = name === null ? undefined : (parameters[name] ?? parameters.max_tokens);
  return typeof value === 'number' && value > 0 ? value : 0;
}

/**
 * Shortens the answer where prompt and answer together exceed the model's context: to what is left, but at least 16 tokens
 * (contract models-agents-tools 6.4). Returns the same object when nothing has to change.
 */
export function fitMaxTokens(schema: ModelSchema | null, parameters: ModelParameters, promptTokens: number): ModelParameters {
  const context = schema?.properties.context_size;
  const name = limitName(schema);
  const limit = maxTokensOf(schema, parameters);
  if (context === undefined || name === null || limit === 0 || promptTokens + limit <= context) return parameters;
  return { ...parameters, [name]: Math.max(context - promptTokens, LEAST_ANSWER) };
}
