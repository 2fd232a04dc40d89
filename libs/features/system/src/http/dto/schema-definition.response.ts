/** A built-in schema of structured values. */
export class SchemaDefinitionResponse {
  /**
   * Name of the schema.
   * @example file
   */
  name: string;
  /**
   * Name for people.
   * @example File
   */
  label: string;
  /** The JSON schema. */
  schema: Record<string, unknown>;
}
