import type { ModelPricing } from '../types/model-schema.js';
import type { EmbeddingUsage, LlmUsage, TokenCounts } from '../types/usage.js';
import { Decimal } from './decimal.js';

/** Digits after the point of an amount of money (contract models-agents-tools 4.2). */
const MONEY_SCALE = 7;

/** What a number of tokens cost. Decimal strings. */
export interface Price {
  unitPrice: string;
  unit: string;
  total: string;
  currency: string;
}

const NO_PRICE: Price = { unitPrice: '0', unit: '0', total: '0', currency: 'USD' };

/** Seconds; the two times of a stream are null where they were not measured. */
export interface UsageTimes {
  latency: number;
  timeToFirstToken?: number | null;
  timeToGenerate?: number | null;
}

/** `tokens * unit price * unit`, rounded half up to 7 decimals. Without a known price all is zero, in USD. */
export function calculatePrice(pricing: ModelPricing | null, kind: 'input' | 'output', tokens: number): Price {
  const unitPrice = pricing?.[kind];
  if (!pricing || unitPrice === null || unitPrice === undefined) return NO_PRICE;
  const total = Decimal.from(tokens).times(Decimal.from(unitPrice)).times(Decimal.from(pricing.unit)).round(MONEY_SCALE);
  return { unitPrice, unit: pricing.unit, total: total.isZero() ? '0' : total.toString(), currency: pricing.currency };
}

/** The usage of a call as it goes on the wire. */
export function calculateUsage(pricing: ModelPricing | null, tokens: TokenCounts, times: UsageTimes): LlmUsage {
  const prompt = calculatePrice(pricing, 'input', tokens.promptTokens);
  const completion = calculatePrice(pricing, 'output', tokens.completionTokens);
  return {
    prompt_tokens: tokens.promptTokens,
    prompt_unit_price: prompt.unitPrice,
    prompt_price_unit: prompt.unit,
    prompt_price: prompt.total,
    completion_tokens: tokens.completionTokens,
    completion_unit_price: completion.unitPrice,
    completion_price_unit: completion.unit,
    completion_price: completion.total,
    total_tokens: tokens.promptTokens + tokens.completionTokens,
    total_price: addPrices(prompt.total, completion.total),
    currency: prompt.currency,
    latency: times.latency,
    time_to_first_token: times.timeToFirstToken ?? null,
    time_to_generate: times.timeToGenerate ?? null,
  };
}

/** The usage of an embedding call. */
export function calculateEmbeddingUsage(pricing: ModelPricing | null, tokens: number, latency: number): EmbeddingUsage {
  const price = calculatePrice(pricing, 'input', tokens);
  return {
    tokens,
    total_tokens: tokens,
    unit_price: price.unitPrice,
    price_unit: price.unit,
    total_price: price.total,
    currency: price.currency,
    latency,
  };
}

/** The usage of nothing (contract 4.3). */
export function emptyUsage(): LlmUsage {
  return {
    prompt_tokens: 0,
    prompt_unit_price: '0.0',
    prompt_price_unit: '0.0',
    prompt_price: '0.0',
    completion_tokens: 0,
    completion_unit_price: '0.0',
    completion_price_unit: '0.0',
    completion_price: '0.0',
    total_tokens: 0,
    total_price: '0.0',
    currency: 'USD',
    latency: 0,
    time_to_first_token: null,
    time_to_generate: null,
  };
}

/** Sums counts, prices and latency; unit prices, currency and the two times are those of `next` (contract 4.3). */
export function addUsage(sum: LlmUsage, next: LlmUsage): LlmUsage {
  if (sum.total_tokens === 0) return next;
  return {
    ...next,
    prompt_tokens: sum.prompt_tokens + next.prompt_tokens,
    prompt_price: addPrices(sum.prompt_price, next.prompt_price),
    completion_tokens: sum.completion_tokens + next.completion_tokens,
    completion_price: addPrices(sum.completion_price, next.completion_price),
    total_tokens: sum.total_tokens + next.total_tokens,
    total_price: addPrices(sum.total_price, next.total_price),
    latency: sum.latency + next.latency,
  };
}

function addPrices(left: string, right: string): string {
  return Decimal.from(left).plus(Decimal.from(right)).toString();
}
