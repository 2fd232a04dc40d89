// Build step: leaves a migrated database directory in dist/embedded that first starts copy. Run after `nest build`.
const [{ prepareEmbeddedDatabase }, { migrations }, { jobsPreparer }] = await Promise.all([
  import('../dist/libs/platform/database/src/index.js'),
  import('../dist/migrations/index.js'),
  import('../dist/apps/shared/src/jobs.preparer.js'),
]);
await prepareEmbeddedDatabase({ migrations, preparers: [jobsPreparer], isBuild: true });
process.exit(0);
