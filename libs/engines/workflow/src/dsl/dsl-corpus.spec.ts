import { NodeRegistry } from '../nodes/node-registry.js';
import { nodeTypes } from '../nodes/node-types.js';
import { corpusFiles, hasCorpus } from '../testing/corpus.js';
import { checkDsl } from './check-dsl.js';
import { dependenciesOf } from './dependencies.js';
import { importVerdict } from './dsl-version.js';
import { workflowOf } from './dsl-workflow.js';
import { migrateDsl } from './migrate/migrate-dsl.js';
import { parseDsl } from './parse-dsl.js';
import { redactDsl } from './redact-dsl.js';
import { writeDsl } from './write-dsl.js';

const registry = new NodeRegistry(nodeTypes);

describe.skipIf(!hasCorpus)('DSL files from the wild', () => {
  const files = corpusFiles();

  it.each(files)('should read, check and write $name', ({ text }) => {
    const { document, problems } = parseDsl(text);
    expect(problems).toEqual([]);

    // All of them are of older versions, and Dify took them (corpus, imports.tsv).
    expect(importVerdict(document!)).toBe('completed-with-warnings');
    for (const { message, code } of checkDsl(document!, registry)) expect([message, code]).not.toContain('');
    expect(dependenciesOf(document!).problems).toEqual([]);
    expect(workflowOf(document!).workflow?.graph.nodes.length).toBeGreaterThan(0);

    const written = writeDsl(document!);
    expect(parseDsl(written)).toEqual({ document, problems: [] });
    expect(writeDsl(parseDsl(written).document!)).toBe(written);
  });

  it.each(files)('should bring $name to the current version', ({ text }) => {
    const document = parseDsl(text).document!;

    const migrated = migrateDsl(document).document;

    expect(importVerdict(migrated)).toBe('completed');
    expect(migrateDsl(migrated).changes).toEqual([]);
    expect(parseDsl(writeDsl(redactDsl(migrated))).problems).toEqual([]);
    expect(migrateDsl(document, { keepGraph: true }).document.content.workflow).toHaveProperty(
      'graph',
      (document.content.workflow as Record<string, unknown>).graph,
    );
  });
});
