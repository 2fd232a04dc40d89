import type { Json } from '#common';
import { displayText } from '../inputs/input-text.js';
import type { Inputs } from '../inputs/prepare-inputs.js';
import { fillTemplate, variablesOf } from './template.js';

/** The introduction stored with a new conversation: variables filled in, empty ones as nothing (traces service/conversations). */
export function openingStatement(statement: string, inputs: Inputs): string {
  const names = variablesOf(statement);
  const value = (name: string): Json => (Object.hasOwn(inputs, name) ? (inputs[name] ?? null) : null);
  return fillTemplate(statement, new Map(names.map((name) => [name, displayText(value(name))])));
}
