/** What a path parameter is, by its name: the same word means the same on every route. */
export interface PathParameter {
  description: string;
  /** Where none is given, the parameter is an id of ours. */
  example?: string;
}

/** All path parameters of the API. Who adds a route with a new one adds it here; `npm run openapi` asks for it. */
export const pathParameters: Readonly<Record<string, PathParameter>> = {
  api_key_id: { description: 'Id of the API key.' },
  app_id: { description: 'Id of the app.' },
  config_id: { description: 'Id of the load-balancing entry.' },
  conversation_id: { description: 'Id of the conversation.' },
  end_user_id: { description: 'Id of the end user.' },
  file_id: { description: 'Id of the file.' },
  icon_type: { description: 'Which icon; providers have `icon_small` only.', example: 'icon_small' },
  lang: { description: 'Language of the icon.', example: 'en_US' },
  message_id: { description: 'Id of the message.' },
  model_type: { description: 'Kind of model: `llm`, `text-embedding`, `rerank`, `speech2text`, `tts` or `moderation`.', example: 'llm' },
  name: { description: 'Name of the file.', example: 'service.json' },
  provider: { description: 'Id of the model provider, raw or percent-encoded.', example: 'langgenius/openai/openai' },
  task_id: { description: 'Id of the run, from the frames of its stream.' },
  tenant_id: { description: 'Id of the workspace.' },
  url: { description: 'The address, percent-encoded.', example: 'https%3A%2F%2Fexample.com%2Freport.pdf' },
  variable_id: { description: 'Id of the conversation variable.' },
  workspace_id: { description: 'Id of the workspace.' },
};
