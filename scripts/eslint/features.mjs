/**
 * The feature table of docs/architecture: a feature may import from features of a lower layer only. A new arrow inside
 * a layer, or up the table, is an ADR.
 */
export const featureLayers = {
  accounts: 0,
  system: 0,
  workspaces: 1,
  auth: 2,
  files: 2,
  tags: 2,
  extensions: 2,
  models: 2,
  apps: 3,
  tools: 3,
  runs: 4,
  knowledge: 4,
  conversations: 5,
  webapps: 5,
  explore: 5,
  'mcp-server': 5,
  annotations: 6,
  chat: 7,
  workflows: 7,
  'workflow-tools': 8,
  triggers: 8,
  pipelines: 8,
  insights: 8,
  management: 8,
  demo: 8,
};

/** Where `typeorm` may be imported: beside these, only by tests. */
export const typeormHomes = [/\/entities\//, /\/repositories\//, /^libs\/platform\/database\//, /^migrations\//, /^test\//];

/** Packages that would tie an engine to our process; engines take ports instead. */
export const notInEngines = /^(@nestjs\/|typeorm$|typeorm\/|pg$|pg-boss$|ioredis$|bull$|fastify$|@fastify\/|(node:)?process$)/;
