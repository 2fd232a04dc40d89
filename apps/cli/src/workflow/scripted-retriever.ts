import { NIL_UUID } from '#common';
import { Retriever, type RetrievalQuery, type Retrieved, type RetrievedSegment } from '#engines/workflow';
import { ScriptedError } from './cli-models.js';
import { fits, type ModelsFile } from './models-file.js';

const DEFAULT_SCORE = 1;

/** Knowledge bases that hold what the models file says, whatever is asked. */
export class ScriptedRetriever extends Retriever {
  constructor(private readonly entries: ModelsFile['retrieval']) {
    super();
  }

  override async retrieve({ datasetIds, query }: RetrievalQuery): Promise<Retrieved> {
    const found = this.entries.filter(
      ({ dataset, contains }) => fits(dataset, ...datasetIds) && (contains === undefined || (query ?? '').includes(contains)),
    );
    const failure = found.find(({ error }) => error !== undefined)?.error;
    if (failure !== undefined) throw new ScriptedError(failure);
    const segments = found.flatMap((entry) => entry.segments.map((segment) => ({ dataset: entry.dataset, ...segment })));
    return { segments: segments.map((segment, index) => segmentOf(segment, index)), usage: null };
  }
}

type ScriptedSegment = ModelsFile['retrieval'][number]['segments'][number] & { dataset: string };

function segmentOf({ dataset, content, answer, title, score, metadata }: ScriptedSegment, index: number): RetrievedSegment {
  return {
    content,
    answer: answer ?? null,
    title: title ?? null,
    summary: null,
    files: [],
    score: score ?? DEFAULT_SCORE,
    datasetId: dataset === '*' ? NIL_UUID : dataset,
    datasetName: dataset,
    documentId: title ?? null,
    documentName: title ?? null,
    dataSourceType: 'upload_file',
    docMetadata: metadata ?? null,
    segment: {
      id: `segment-${index + 1}`,
      hitCount: 0,
      wordCount: content.length,
      position: index + 1,
      indexNodeHash: null,
      children: [],
    },
  };
}
