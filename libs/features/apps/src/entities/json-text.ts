import type { ValueTransformer } from 'typeorm';

/** A column of JSON text that reads as what it says; text that is no JSON reads as null. */
export const jsonText: ValueTransformer = {
  to: (value: unknown): string | null => (value === null || value === undefined ? null : JSON.stringify(value)),
  from: (text: string | null): unknown => {
    if (text === null) return null;
    try {
      return JSON.parse(text) as unknown;
    } catch {
      return null;
    }
  },
};
