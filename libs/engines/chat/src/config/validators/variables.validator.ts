import { isJsonObject } from '#common';
import type { JsonObject } from '#common';
import { ModelConfigError } from '../../chat.errors.js';
import type { ModelConfigDocument } from '../model-config-document.js';
import { isEmpty, own } from '../values.js';
import { flagAt, listAt, objectAt } from './validation-context.js';
import type { ConfigValidator, ValidationContext } from './validation-context.js';

const FORM_TYPES = ['paragraph', 'checkbox', 'number', 'external_data_tool', 'text-input', 'select'];
const MAX_NAME_LENGTH = 100;
const VARIABLE_NAME = /^(?!\d)[\u4e00-\u9fa5A-Za-z0-9_\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}]{1,100}$/u;

/** `user_input_form` and `external_data_tools` (contract console-apps-workflows 5.3, 5.4). */
export const validateVariables: ConfigValidator = async (context): Promise<ModelConfigDocument> => ({
  user_input_form: listAt(context.body, 'user_input_form').map(formItem),
  external_data_tools: await externalDataTools(context),
});

function formItem(item: unknown): JsonObject {
  const entry = isJsonObject(item) ? Object.entries(item)[0] : undefined;
  if (entry === undefined) throw new ModelConfigError('Each entry of user_input_form must be an object with one key, its type');
  const [type, field] = entry;
  if (!FORM_TYPES.includes(type)) throw new ModelConfigError(`Keys in user_input_form list can only be ${FORM_TYPES.join(', ')}`);
  if (!isJsonObject(field)) throw new ModelConfigError(`${type} in user_input_form must be of object type`);
  checkText(field, 'label');
  checkText(field, 'variable');
  const name = field.variable as string;
  if (!VARIABLE_NAME.test(name)) {
    throw new ModelConfigError(
      `variable in user_input_form must be 1 to ${MAX_NAME_LENGTH} letters, digits or underscores and must not start with a digit`,
    );
  }
  const checked = { ...field, required: flagAt(field, 'required', 'required in user_input_form') };
  return { [type]: type === 'select' ? { ...checked, options: selectOptions(field) } : checked };
}

function checkText(field: JsonObject, key: string): void {
  const value = own(field, key);
  if (value === undefined) throw new ModelConfigError(`${key} is required in user_input_form`);
  if (typeof value !== 'string') throw new ModelConfigError(`${key} in user_input_form must be of string type`);
}

function selectOptions(field: JsonObject): unknown[] {
  const options = listAt(field, 'options', 'options in user_input_form');
  const fallback = own(field, 'default');
  if (!isEmpty(fallback) && !options.includes(fallback)) throw new ModelConfigError('default value in user_input_form must be in options');
  return options;
}

async function externalDataTools({ body, facts }: ValidationContext): Promise<JsonObject[]> {
  const tools: JsonObject[] = [];
  for (const tool of listAt(body, 'external_data_tools')) {
    if (!isJsonObject(tool)) throw new ModelConfigError('Each entry of external_data_tools must be of object type');
    if (isEmpty(own(tool, 'enabled'))) {
      tools.push({ ...tool, enabled: false });
      continue;
    }
    if (isEmpty(own(tool, 'type'))) throw new ModelConfigError('external_data_tools[].type is required');
    if (tool.type !== 'api') throw new ModelConfigError('external_data_tools[].type must be api');
    const config = objectAt(tool, 'config', {}, 'external_data_tools[].config');
    await checkExtension(config, facts, 'external_data_tools[].config');
    tools.push({ ...tool });
  }
  return tools;
}

/** Checks that `api_based_extension_id` names an extension of the workspace. */
export async function checkExtension(config: JsonObject, facts: ValidationContext['facts'], where: string): Promise<void> {
  const id = own(config, 'api_based_extension_id');
  if (typeof id !== 'string' || id === '') throw new ModelConfigError(`${where}.api_based_extension_id is required`);
  if (!(await facts.extensionExists(id)))
    throw new ModelConfigError(`${where}.api_based_extension_id names no extension of this workspace`);
}
