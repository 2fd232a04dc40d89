import type { RoleRule } from '#platform/http';

/** Who may do what in one area (contract console-accounts 9). */
export interface MatrixRow {
  /** What it is about. */
  area: string;
  /** Roles that may, by the name that `@ConsoleAccess({ role })` takes. */
  rule: RoleRule;
  /** Routes as `METHOD|METHOD /path`; `*` stands for one part of the path, `**` for all that follow. */
  operations: readonly string[];
  /** Set where the routes themselves let every member in and the answer depends on his role (or on a setting of the workspace). */
  checkedBy?: 'service';
}

const WORKSPACE = '/workspaces/current';
const PROVIDER = `${WORKSPACE}/model-providers/*`;
const TOOLS = `${WORKSPACE}/tool-provider`;
const TRIGGER = `${WORKSPACE}/trigger-provider`;

/** The roles of all console routes; of several rows that fit a route the first counts. */
export const roleMatrix: readonly MatrixRow[] = [
  {
    area: 'own account, sessions and workspaces',
    rule: 'any',
    operations: [
      'GET|POST /account/**',
      'POST /logout',
      'GET /workspaces',
      'POST /info',
      `POST ${WORKSPACE}`,
      'POST /workspaces/switch',
      'POST /workspaces/info',
      'POST /workspaces/custom-config/**',
    ],
  },
  { area: 'features', rule: 'any', operations: ['GET /features', 'GET /spec/schema-definitions', 'GET|POST /notification/**'] },

  {
    area: 'members: remove, change role, hand over',
    rule: 'owner',
    checkedBy: 'service',
    operations: [
      `DELETE ${WORKSPACE}/members/*`,
      `PUT ${WORKSPACE}/members/*/update-role`,
      `POST ${WORKSPACE}/members/*/owner-transfer`,
      `POST ${WORKSPACE}/members/send-owner-transfer-confirm-email`,
      `POST ${WORKSPACE}/members/owner-transfer-check`,
    ],
  },
  { area: 'members: invite', rule: 'admin', checkedBy: 'service', operations: [`POST ${WORKSPACE}/members/invite-email`] },
  {
    area: 'members: read',
    rule: 'any',
    operations: [`GET ${WORKSPACE}/members`, `GET ${WORKSPACE}/dataset-operators`, `GET ${WORKSPACE}/permission`],
  },

  {
    area: 'models: try a credential without saving',
    rule: 'any',
    operations: [`POST ${PROVIDER}/credentials/validate`, `POST ${PROVIDER}/models/credentials/validate`],
  },
  {
    area: 'models: switch a model on or off',
    rule: 'any',
    operations: [`PATCH ${PROVIDER}/models/enable`, `PATCH ${PROVIDER}/models/disable`],
  },
  {
    area: 'models: credentials, custom models, load balancing, default models',
    rule: 'admin',
    operations: [
      `POST|PUT|DELETE ${PROVIDER}/credentials`,
      `POST ${PROVIDER}/credentials/switch`,
      `POST|DELETE ${PROVIDER}/models`,
      `POST|PUT|DELETE ${PROVIDER}/models/credentials`,
      `POST ${PROVIDER}/models/credentials/switch`,
      `POST ${PROVIDER}/models/load-balancing-configs/**`,
      `POST ${PROVIDER}/preferred-provider-type`,
      `POST ${WORKSPACE}/default-model`,
    ],
  },
  {
    area: 'models: read',
    rule: 'any',
    operations: [`GET ${WORKSPACE}/model-providers/**`, `GET ${WORKSPACE}/models/**`, `GET ${WORKSPACE}/default-model`],
  },

  {
    area: 'tools: own credentials of built-in tools, MCP',
    rule: 'any',
    operations: [
      `POST ${TOOLS}/builtin/*/add`,
      `POST ${TOOLS}/builtin/*/default-credential`,
      `DELETE ${TOOLS}/builtin/*/oauth/custom-client`,
      `GET|POST|PUT|DELETE ${TOOLS}/mcp/**`,
    ],
  },
  {
    area: 'tools: change',
    rule: 'admin',
    operations: [
      `POST|DELETE ${TOOLS}/builtin/*/**`,
      `POST ${TOOLS}/api/**`,
      `POST ${TOOLS}/workflow/**`,
      'GET /oauth/plugin/*/tool/authorization-url',
    ],
  },
  {
    area: 'tools and agents: read',
    rule: 'any',
    operations: [
      `GET ${TOOLS}/**`,
      `GET ${WORKSPACE}/tool-providers`,
      `GET ${WORKSPACE}/tools/**`,
      `GET ${WORKSPACE}/tool-labels`,
      `GET ${WORKSPACE}/agent-provider/*`,
      `GET ${WORKSPACE}/agent-providers`,
    ],
  },

  {
    area: 'plugins: permissions, preferences, dynamic options',
    rule: 'admin',
    operations: [
      `POST ${WORKSPACE}/plugin/permission/change`,
      `POST ${WORKSPACE}/plugin/preferences/**`,
      `GET|POST ${WORKSPACE}/plugin/parameters/**`,
    ],
  },
  {
    area: 'plugins: install, debug',
    rule: 'any',
    checkedBy: 'service',
    operations: [
      `POST ${WORKSPACE}/plugin/install/**`,
      `POST ${WORKSPACE}/plugin/upgrade/**`,
      `POST ${WORKSPACE}/plugin/upload/**`,
      `POST ${WORKSPACE}/plugin/uninstall`,
      `GET|POST ${WORKSPACE}/plugin/tasks/**`,
      `GET ${WORKSPACE}/plugin/debugging-key`,
    ],
  },
  { area: 'plugins: read', rule: 'any', operations: [`GET ${WORKSPACE}/plugin/**`, `POST ${WORKSPACE}/plugin/list/**`] },
  { area: 'endpoints: change', rule: 'admin', operations: [`POST ${WORKSPACE}/endpoints/**`] },
  { area: 'endpoints: read', rule: 'any', operations: [`GET ${WORKSPACE}/endpoints/**`] },
  {
    area: 'triggers: delete a subscription, OAuth client',
    rule: 'admin',
    operations: [`POST ${TRIGGER}/*/subscriptions/delete`, `GET|POST|DELETE ${TRIGGER}/*/oauth/client`],
  },
  { area: 'triggers: subscriptions', rule: 'edit', operations: [`GET|POST ${TRIGGER}/*/subscriptions/**`] },
  { area: 'triggers: read', rule: 'any', operations: [`GET ${WORKSPACE}/triggers`, `GET ${TRIGGER}/**`] },

  {
    area: 'API keys: delete; keys of all knowledge',
    rule: 'admin',
    operations: ['DELETE /apps/*/api-keys/*', 'DELETE /datasets/*/api-keys/*', 'POST /datasets/api-keys', 'DELETE /datasets/api-keys/*'],
  },
  { area: 'API keys: make', rule: 'edit', operations: ['POST /apps/*/api-keys', 'POST /datasets/*/api-keys'] },
  { area: 'API keys: read', rule: 'any', operations: ['GET /apps/*/api-keys', 'GET /datasets/*/api-keys', 'GET /datasets/api-keys'] },

  {
    area: 'apps: open the API, new address of the site',
    rule: 'admin',
    operations: ['POST /apps/*/api-enable', 'POST /apps/*/site/access-token-reset'],
  },
  {
    area: 'apps: read, statistics, runs, tracing configuration, completion debugging',
    rule: 'any',
    operations: [
      'GET /apps',
      'GET /apps/*',
      'GET /apps/*/statistics/**',
      'GET /apps/*/workflow/statistics/**',
      'GET /apps/*/advanced-chat/workflow-runs/**',
      'GET /apps/*/workflow-runs/**',
      'GET /apps/*/workflow-app-logs',
      'GET /apps/*/workflow-archived-logs',
      'GET /apps/*/messages/*',
      'GET /apps/*/annotations/count',
      'GET /apps/*/agent/logs',
      'GET /apps/*/server',
      'GET /apps/*/trace',
      'GET|POST|PATCH|DELETE /apps/*/trace-config',
      'GET /apps/*/conversation-variables',
      'GET /apps/*/workflows/draft/nodes/*/last-run',
      'POST /apps/*/completion-messages/**',
      'POST /apps/*/chat-messages/*/stop',
      'GET /apps/*/chat-messages/*/suggested-questions',
      'POST /apps/*/feedbacks',
      'POST /apps/*/audio-to-text',
      'POST /apps/*/text-to-audio',
      'GET /apps/*/text-to-audio/voices',
      'GET /app/prompt-templates',
      'POST /rule-generate',
      'POST /rule-code-generate',
      'POST /rule-structured-output-generate',
      'POST /instruction-generate/**',
    ],
  },
  { area: 'apps: change, debug, logs, annotations, workflows', rule: 'edit', operations: ['GET|POST|PUT|PATCH|DELETE /apps/**'] },

  { area: 'tags: delete', rule: 'edit', operations: ['DELETE /tags/*'] },
  { area: 'tags: make, rename, bind', rule: 'dataset_edit', operations: ['POST /tags', 'PATCH /tags/*', 'POST /tag-bindings/**'] },
  { area: 'tags: read', rule: 'any', operations: ['GET /tags'] },
  { area: 'extensions', rule: 'any', operations: ['GET /code-based-extension', 'GET|POST|DELETE /api-based-extension/**'] },

  {
    area: 'knowledge from outside',
    rule: 'edit',
    operations: ['POST /datasets/external', 'POST|PATCH|DELETE /datasets/external-knowledge-api/**'],
  },
  { area: 'knowledge: read', rule: 'any', operations: ['GET /datasets/**'] },
  { area: 'knowledge: change', rule: 'dataset_edit', operations: ['POST|PUT|PATCH|DELETE /datasets/**'] },
  {
    area: 'knowledge pipelines and their data sources',
    rule: 'edit',
    operations: ['GET|POST|PUT|PATCH|DELETE /rag/**', 'GET|POST|DELETE /auth/plugin/datasource/**'],
  },
  {
    area: 'data sources: bind, begin OAuth',
    rule: 'admin',
    operations: ['POST|DELETE /api-key-auth/data-source/**', 'GET /oauth/data-source/*'],
  },
  {
    area: 'data sources: read, switch',
    rule: 'any',
    operations: [
      'GET /api-key-auth/data-source',
      'GET|PATCH /data-source/integrates/**',
      'GET /notion/**',
      'POST /website/crawl',
      'GET /website/crawl/**',
    ],
  },

  { area: 'files', rule: 'any', operations: ['GET|POST /files/**', 'GET|POST /remote-files/**'] },
  {
    area: 'explore and installed apps',
    rule: 'any',
    operations: ['GET /explore/**', 'GET|POST|PATCH|DELETE /installed-apps/**', 'GET|POST /trial-apps/**'],
  },
  { area: 'runs and human input', rule: 'any', operations: ['GET /workflow/**', 'GET|POST /form/human_input/*'] },
  { area: 'billing', rule: 'admin', operations: ['GET|PUT /billing/**'] },
];

interface CompiledOperation {
  row: MatrixRow;
  methods: ReadonlySet<string>;
  path: RegExp;
}

const compiled: readonly CompiledOperation[] = roleMatrix.flatMap((row) => row.operations.map((operation) => compile(row, operation)));

/** The row of a route, such as `('GET', '/console/api/apps/{app_id}')` or with `:app_id`; null when the matrix does not know it. */
export function rowOfRoute(method: string, path: string): MatrixRow | null {
  const below = path.replace(/^\/console\/api(?=\/)/, '');
  return compiled.find((operation) => operation.methods.has(method) && operation.path.test(below))?.row ?? null;
}

function compile(row: MatrixRow, operation: string): CompiledOperation {
  const [methods = '', path = ''] = operation.split(' ');
  const pattern = path.replace(/\/\*\*$/, '(?:/.+)?').replace(/(?<=\/)\*(?=[/(]|$)/g, '[^/]+');
  return { row, methods: new Set(methods.split('|')), path: new RegExp(`^${pattern}$`) };
}
