import { corpusFiles, hasCorpus } from '../testing/corpus.js';
import { corpusTable, runCorpus, runMocked } from '../testing/corpus-run.js';
import type { DslDocument } from './dsl-document.js';
import { workflowOf } from './dsl-workflow.js';
import { migrateDsl } from './migrate/migrate-dsl.js';
import { parseDsl } from './parse-dsl.js';

describe.skipIf(!hasCorpus)('running DSL files from the wild', () => {
  it('should run every file to its end with everything outside mocked', async () => {
    const report = await runCorpus(corpusFiles());

    // `CORPUS_TABLE=1 npx vitest run --project unit libs/engines/workflow/src/dsl/corpus-run.spec.ts` prints it.
    if (process.env.CORPUS_TABLE !== undefined) console.log(corpusTable(report));
    expect(report.files.flatMap(({ missingTypes }) => missingTypes)).toEqual([]);
    expect(report.files.filter(({ end }) => end === null || end === 'run_aborted')).toEqual([]);
    // A graph may fail by what the mocks say; most do not.
    expect(report.files.filter(({ end }) => end === 'run_failed').length).toBeLessThanOrEqual(report.files.length / 20);
  }, 300_000);

  it.each(corpusFiles())('should give the same with $name as with what it is migrated to', async ({ text }) => {
    const outcome = async (document: DslDocument, variant: number) => {
      const { events, end } = await runMocked({ document, workflow: workflowOf(document).workflow!, variant });
      const nodes = events.flatMap((event) =>
        event.type === 'node_finished' && event.nodeType !== 'iteration-start' ? [event.nodeId] : [],
      );
      return { type: end?.type, outputs: end?.outputs, nodes };
    };
    const { document } = parseDsl(text);

    for (const variant of [0, 1]) expect(await outcome(migrateDsl(document!).document, variant)).toEqual(await outcome(document!, variant));
  });
});
