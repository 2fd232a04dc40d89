import type { EndpointFacts } from '../catalogue/facts.js';
import { InvokeBadRequestError } from '../model-runtime.errors.js';
import type { Credentials } from '../types/provider-manifest.js';

/** Where and as what a call goes out. */
export interface Endpoint {
  /** Without a slash at the end. */
  baseUrl: string;
  headers: Record<string, string>;
  /** The model's name as the server knows it. */
  model: string;
}

/** Works out address, headers and model name from a provider's facts and the credentials. Throws InvokeBadRequestError on an address that is none. */
export function resolveEndpoint(facts: EndpointFacts, credentials: Credentials, model: string): Endpoint {
  const headers: Record<string, string> = {};
  const key = text(credentials, facts.keyField);
  if (key !== '') headers.authorization = `Bearer ${headerValue(key, 'API key')}`;
  const organization = text(credentials, facts.organizationField);
  if (organization !== '') headers['openai-organization'] = headerValue(organization, 'organization');
  return { baseUrl: baseUrl(facts, credentials), headers, model: text(credentials, facts.modelField) || model };
}

function baseUrl(facts: EndpointFacts, credentials: Credentials): string {
  const { customUrl, when, suffix = '' } = facts;
  let url = text(credentials, facts.urlField);
  if (customUrl?.value === url) url = text(credentials, customUrl?.field);
  if (url === '') url = (when && credentials[when.field] === when.value ? when.base : facts.base) ?? '';
  const protocol = URL.canParse(url) ? new URL(url).protocol : '';
  if (protocol !== 'http:' && protocol !== 'https:') {
    throw new InvokeBadRequestError({
      message: `The address of the model's server is not valid: ${url || 'it is empty'}. Enter a URL such as http://localhost:8080/v1.`,
    });
  }
  const trimmed = url.replace(/\/+$/, '');
  return trimmed.endsWith(suffix) ? trimmed : trimmed + suffix;
}

function text(credentials: Credentials, field: string | undefined): string {
  const value = field === undefined ? undefined : credentials[field];
  return typeof value === 'string' ? value.trim() : '';
}

/** Refuses what can't stand in a header, such as a line break pasted along with a key. */
function headerValue(value: string, what: string): string {
  if (/[^\x20-\x7e]/.test(value))
    throw new InvokeBadRequestError({ message: `The ${what} has characters that can't be sent. Paste it again.` });
  return value;
}
