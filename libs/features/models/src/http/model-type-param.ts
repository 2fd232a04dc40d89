import { InvalidParamError } from '#common';
import { type ModelType, parseModelType } from '#engines/model-runtime';

/** The model type that a path names, by its wire name or the one of the database. Throws 400. */
export function requireModelType(text: string): ModelType {
  const modelType = parseModelType(text);
  if (modelType === undefined) throw new InvalidParamError(`${text.slice(0, 100)} is no model type.`, { params: 'model_type' });
  return modelType;
}
