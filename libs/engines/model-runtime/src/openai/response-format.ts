import { InvokeBadRequestError } from '../model-runtime.errors.js';
import type { ModelParameters, StructuredOutput } from '../types/llm.js';
import { asRecord, asText, tryParseJson } from '../wire/json-access.js';
import type { JsonRecord } from '../wire/json-access.js';

const DEFAULT_NAME = 'llm_response';

/** The `response_format` field for what parameters or the request ask for; undefined when they ask for plain text. */
export function toResponseFormat(parameters: ModelParameters, structured: StructuredOutput | undefined): JsonRecord | undefined {
  if (structured) return schemaFormat({ name: structured.name ?? DEFAULT_NAME, schema: structured.schema });
  const schema = asText(parameters.json_schema);
  switch (parameters.response_format) {
    case 'json_schema':
      if (schema === undefined)
        throw new InvokeBadRequestError({ message: 'Response format json_schema needs the model parameter json_schema.' });
      return schemaFormat(parseSchema(schema));
    case 'json_object':
    case 'JSON':
      return { type: 'json_object' };
    case undefined:
      return schema === undefined ? undefined : schemaFormat(parseSchema(schema));
    default:
      return undefined;
  }
}

function schemaFormat(schema: JsonRecord): JsonRecord {
  return { type: 'json_schema', json_schema: schema };
}

/** Takes a bare JSON schema as well as one wrapped as `{name, schema, strict?}`. */
function parseSchema(text: string): JsonRecord {
  const parsed = asRecord(tryParseJson(text));
  if (!parsed) throw new InvokeBadRequestError({ message: 'Model parameter json_schema is not a JSON object.' });
  if (asRecord(parsed.schema)) return { ...parsed, name: asText(parsed.name) ?? DEFAULT_NAME };
  return { name: DEFAULT_NAME, schema: parsed };
}
