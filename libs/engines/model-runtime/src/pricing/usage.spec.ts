import type { ModelPricing } from '../types/model-schema.js';
import { addUsage, calculateEmbeddingUsage, calculatePrice, calculateUsage, emptyUsage } from './usage.js';

const pricing: ModelPricing = { input: '0.15', output: '0.60', unit: '0.000001', currency: 'USD' };

describe('calculateUsage', () => {
  it('should price prompt and completion with 7 decimals', () => {
    const usage = calculateUsage(pricing, { promptTokens: 1033, completionTokens: 128 }, { latency: 0.5 });

    expect(usage).toEqual({
      prompt_tokens: 1033,
      prompt_unit_price: '0.15',
      prompt_price_unit: '0.000001',
      prompt_price: '0.0001550',
      completion_tokens: 128,
      completion_unit_price: '0.60',
      completion_price_unit: '0.000001',
      completion_price: '0.0000768',
      total_tokens: 1161,
      total_price: '0.0002318',
      currency: 'USD',
      latency: 0.5,
      time_to_first_token: null,
      time_to_generate: null,
    });
  });

  it('should be all zero, in USD, when no price is known', () => {
    const usage = calculateUsage(null, { promptTokens: 72, completionTokens: 20 }, { latency: 0.1 });

    expect(usage).toMatchObject({
      prompt_unit_price: '0',
      prompt_price_unit: '0',
      prompt_price: '0',
      total_price: '0',
      currency: 'USD',
      total_tokens: 92,
    });
  });

  it('should leave the completion free when only the input has a price', () => {
    const usage = calculateUsage(
      { ...pricing, output: null, currency: 'RMB' },
      { promptTokens: 1000, completionTokens: 5 },
      { latency: 0 },
    );

    expect(usage).toMatchObject({ completion_unit_price: '0', completion_price: '0', total_price: '0.0001500', currency: 'RMB' });
  });
});

describe('calculatePrice', () => {
  it('should not lose digits that floating point would', () => {
    expect(calculatePrice({ input: '0.07', output: null, unit: '0.001', currency: 'USD' }, 'input', 100_000_003).total).toBe(
      '7000.0002100',
    );
  });

  it('should give the usage of embeddings', () => {
    expect(calculateEmbeddingUsage({ input: '0.00002', output: null, unit: '0.001', currency: 'USD' }, 50_000, 0.2)).toMatchObject({
      tokens: 50_000,
      total_price: '0.0010000',
      unit_price: '0.00002',
    });
  });
});

describe('addUsage', () => {
  it('should give the right one when the left one is empty', () => {
    const right = calculateUsage(pricing, { promptTokens: 1, completionTokens: 1 }, { latency: 1, timeToFirstToken: 0.2 });

    expect(addUsage(emptyUsage(), right)).toBe(right);
  });

  it('should sum counts, prices and latency and take the rest from the right one', () => {
    const left = calculateUsage(null, { promptTokens: 10, completionTokens: 0 }, { latency: 1, timeToFirstToken: 0.9 });
    const right = calculateUsage(pricing, { promptTokens: 100, completionTokens: 10 }, { latency: 2, timeToFirstToken: 0.2 });

    expect(addUsage(left, right)).toMatchObject({
      prompt_tokens: 110,
      total_tokens: 120,
      prompt_price: '0.0000150',
      total_price: '0.0000210',
      prompt_unit_price: '0.15',
      latency: 3,
      time_to_first_token: 0.2,
    });
  });
});
