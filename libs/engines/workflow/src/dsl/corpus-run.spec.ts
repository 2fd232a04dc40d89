import { corpusFiles, hasCorpus } from '../testing/corpus.js';
import { corpusTable, runCorpus } from '../testing/corpus-run.js';

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
});
