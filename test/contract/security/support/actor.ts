import type { RouteInfo } from '#platform/http';
import { type Call, multipart, pathOf, type WireRequest } from './call.js';

/** Ids of existing objects, one of every kind. A feature with a new kind adds it here and makes it in `workspace-objects.ts`. */
export interface Ids {
  tenantId: string;
  appId: string;
  completionAppId: string;
  apiKeyId: string;
  /** Of a key that opens the knowledge of the workspace. */
  datasetKeyId: string;
  endUserId: string;
  conversationId: string;
  messageId: string;
  /** Of a run of the end user in the chat app. */
  taskId: string;
  /** Of a run of the end user in the completion app. */
  completionTaskId: string;
  /** Of a debug run of the member. */
  debugTaskId: string;
  completionDebugTaskId: string;
  debugConversationId: string;
  /** A picture of the end user, sent with a message. */
  fileId: string;
  /** A picture of the end user, uploaded and not sent. */
  looseFileId: string;
  /** A picture of the end user of the completion app. */
  completionFileId: string;
  /** A text of the member. */
  documentId: string;
  /** A picture of the member. */
  pictureId: string;
  /** The query of a signed link to `pictureId`. */
  pictureLink: string;
  providerCredentialId: string;
  modelCredentialId: string;
  balancingId: string;
}

/** Somebody with credentials, and with objects of his own. */
export interface Actor {
  name: string;
  tenantId: string;
  /** Cookies and CSRF token of a signed-in member. */
  console: Record<string, string>;
  chatKey: string;
  completionKey: string;
  /** Opens the knowledge of the workspace. */
  datasetKey: string;
  /** The key of whoever runs the installation; a guess where the actor is nobody but a member. */
  adminKey: string;
  /** Name of the end user. */
  user: string;
  /** Address of the server, for files to be fetched. */
  origin: string;
  ids: Ids;
}

/** How a route is called with the ids of somebody. */
export interface Recipe {
  /** A call that succeeds for whom these ids are; `actor` is who calls. Every id has to come from `ids`. */
  call: (ids: Ids, actor: Actor) => Call;
  /** Makes objects that a call uses up. Their ids take the place of the owner's others. */
  before?: (owner: Actor) => Promise<Partial<Ids>>;
  /** Key of which app is sent. Default `chat`. */
  app?: 'chat' | 'completion';
  /** The contract's status for the owner himself, where it is not 2xx; with the reason. */
  control?: readonly [status: number, why: string];
  /** The contract's status for ids that the caller's workspace does not have, where it is neither 403 nor 404; with the reason. */
  refusal?: readonly [status: number, why: string];
  /** Answered with 2xx whatever the ids are, and without any effect; the reason. */
  quiet?: string;
  /** Ids that are kept as the caller's own text; links made of them lead nowhere. */
  echoes?: readonly (keyof Ids)[];
  /** Errors of this route are of another shape than `{code, message, status}`; where the contract says so. */
  bareErrors?: string;
  /** Belongs to the app, so that its end users share it; the reason. */
  shared?: string;
  /** Names nothing of a workspace, though the route is public and takes parameters; the reason. */
  open?: string;
}

/** A call with the end user that its route asks for. */
export function withUser(route: RouteInfo, call: Call, { user }: Actor): Call {
  const { scheme, options } = route.access ?? { scheme: 'none', options: {} };
  if (scheme !== 'app-key') return call;
  const where = (options as { user: string }).user;
  if (where === 'json') return { ...call, json: { ...call.json, user } };
  if (where === 'query') return { ...call, query: { ...call.query, user } };
  return where === 'form' ? { ...call, form: { ...call.form, user } } : call;
}

/** What an actor shows at a route to be let in. */
export function credentialsFor(route: RouteInfo, actor: Actor, app: Recipe['app'] = 'chat'): Record<string, string> {
  const scheme = route.access?.scheme;
  if (scheme === 'console') return actor.console;
  if (scheme === 'dataset-key') return { authorization: `Bearer ${actor.datasetKey}` };
  if (scheme === 'admin-key') return { ...actor.console, authorization: `Bearer ${actor.adminKey}` };
  if (scheme !== 'app-key') return {};
  return { authorization: `Bearer ${app === 'chat' ? actor.chatKey : actor.completionKey}` };
}

/** The request that an actor sends for a call. */
export function requestOf(route: RouteInfo, call: Call, actor: Actor, app?: Recipe['app']): WireRequest {
  const full = withUser(route, call, actor);
  const headers = credentialsFor(route, actor, app);
  const request: WireRequest = { method: route.method, path: pathOf(route.path, full), headers };
  if (full.form !== undefined) {
    const { type, body } = multipart(full.form);
    return { ...request, headers: { ...headers, 'content-type': type }, body };
  }
  if (full.json === undefined) return request;
  return { ...request, headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(full.json) };
}
