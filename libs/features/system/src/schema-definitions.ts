/** A built-in schema of structured values, which workflow nodes of any kind may exchange. */
export interface SchemaDefinition {
  name: string;
  /** Name for people. */
  label: string;
  /** JSON schema, draft 7. */
  schema: Readonly<Record<string, unknown>>;
}

type Schema = Readonly<Record<string, unknown>>;

const text = (description: string): Schema => ({ type: 'string', description });
const list = (items: Schema, description: string): Schema => ({ type: 'array', items, description });
const object = (properties: Readonly<Record<string, Schema>>, required?: readonly string[]): Schema => ({
  type: 'object',
  properties,
  ...(required && { required }),
});

const FILE_FIELDS = {
  name: text('Name of the file.'),
  size: { type: 'number', description: 'Bytes.' },
  extension: text('Extension with its dot.'),
  type: text('Kind of file: image, document, audio, video or custom.'),
  mime_type: text('Media type.'),
  transfer_method: text('Where the bytes are: local_file, remote_url or tool_file.'),
  url: text('Address at which it can be read.'),
  related_id: text('Id of the upload behind it.'),
};

const pairs = (files: Readonly<Record<string, Schema>>): Schema =>
  object(
    {
      parent_mode: text('What a parent is: a paragraph or the full document.'),
      parent_child_chunks: list(
        object(
          {
            parent_content: text('Text of the parent.'),
            ...files,
            child_contents: { type: 'array', items: { type: 'string' }, description: 'Texts of its children.' },
          },
          ['parent_content', 'child_contents'],
        ),
        'Parents with their children.',
      ),
    },
    ['parent_mode', 'parent_child_chunks'],
  );

function definition(name: string, title: string, description: string, schema: Schema): SchemaDefinition {
  const head = {
    $id: `https://dify.ai/schemas/v1/${name}.json`,
    $schema: 'http://json-schema.org/draft-07/schema#',
    version: '1.0.0',
    title,
    description,
  };
  return { name, label: title, schema: { ...head, ...schema } };
}

/** The built-in schemas, with the ids that graphs made for Dify refer to (contract console-accounts 3.4, trace console/explore). */
export const schemaDefinitions: readonly SchemaDefinition[] = [
  definition('multimodal_general_structure', 'Multimodal General Structure', 'Chunks of text with their files.', {
    type: 'array',
    properties: {
      general_chunks: list(
        object(
          {
            content: text('Text of the chunk.'),
            files: list({ ...object(FILE_FIELDS), description: 'A file.' }, 'Files that belong to it.'),
          },
          ['content'],
        ),
        'The chunks.',
      ),
    },
  }),
  definition('general_structure', 'General Structure', 'Chunks of text.', { type: 'array', items: { type: 'string' } }),
  definition('file', 'File', 'A file.', object(FILE_FIELDS, ['name'])),
  definition('parent_child_structure', 'Parent-Child Structure', 'Chunks of text in two levels.', pairs({})),
  definition(
    'multimodal_parent_child_structure',
    'Multimodal Parent-Child Structure',
    'Chunks of text in two levels, with their files.',
    pairs({ files: list(object(FILE_FIELDS, Object.keys(FILE_FIELDS)), 'Files of the parent.') }),
  ),
  definition(
    'qa_structure',
    'Q&A Structure',
    'Questions with their answers.',
    object(
      { qa_chunks: list(object({ question: text('The question.'), answer: text('Its answer.') }, ['question', 'answer']), 'The pairs.') },
      ['qa_chunks'],
    ),
  ),
];
