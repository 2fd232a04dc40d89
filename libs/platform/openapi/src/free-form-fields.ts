/**
 * Names of the DTO fields that hold the caller's or a vendor's own JSON, of any shape. Every other object of the API documents is
 * closed. At most 25: whoever needs one more names the shape instead.
 */
export const freeFormFields: ReadonlySet<string> = new Set([
  'inputs', // values of an app's input variables
  'user_input_form', // form fields by kind; the kind is the key
  'metadata', // usage, retriever resources and what later versions add
  'model_config', // configuration of an easy app, as the console writes it
  'credentials', // fields by a provider's own form
  'graph', // nodes and edges of a workflow
  'features', // switches of a workflow, as the console writes them
  'data', // payload of an event, by its kind
  'outputs', // results of a workflow, by its end nodes
  'value', // value of a variable, by its type
  'tool_labels', // labels of tools, by their names
  'extra_contents', // forms that a run asked people to fill in
  'model', // provider, name and parameters of a model
  'agent_mode', // strategy and tools of an agent, as the console writes them
  'chat_prompt_config', // messages of an advanced prompt
  'completion_prompt_config', // text of an advanced prompt
  'dataset_configs', // knowledge and how it is searched
  'external_data_tools', // tools by their own settings
  'file_upload', // which files are taken, in the old and the new form
  'sensitive_word_avoidance', // settings of a moderation, by its type
  'text_to_speech', // voice settings of a vendor
  'annotation_reply', // setting of annotations
  'tool_icons', // pictures by the names of tools
  'default', // default of a model's parameter, by its type
  'schema', // a JSON schema
]);

/** The list may not grow beyond this. */
export const MAX_FREE_FORM_FIELDS = 25;
