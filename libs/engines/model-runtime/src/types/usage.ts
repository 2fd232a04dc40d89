/**
 * What a call to an llm used and cost, with the names and formats of the wire (contract 4.3), so it can be serialised as it is.
 * Prices are decimal strings in `currency`; times are seconds.
 */
export interface LlmUsage {
  prompt_tokens: number;
  /** Price of `1 / prompt_price_unit` tokens. */
  prompt_unit_price: string;
  prompt_price_unit: string;
  prompt_price: string;
  completion_tokens: number;
  completion_unit_price: string;
  completion_price_unit: string;
  completion_price: string;
  total_tokens: number;
  total_price: string;
  currency: string;
  latency: number;
  time_to_first_token: number | null;
  time_to_generate: number | null;
}

/** What a call to an embedding model used and cost. */
export interface EmbeddingUsage {
  tokens: number;
  total_tokens: number;
  unit_price: string;
  price_unit: string;
  total_price: string;
  currency: string;
  latency: number;
}

/** Token counts as a vendor reports them. */
export interface TokenCounts {
  promptTokens: number;
  completionTokens: number;
}
