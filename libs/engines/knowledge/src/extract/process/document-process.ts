import { LocalDocumentReader } from '../local-document-reader.js';
import type { ProcessSetup, ReadAnswer, ReadMessage } from './process-messages.js';

/** Reads one document after the other for a `ReadingProcess`, which ends this process when one takes too long. */
const reader = new LocalDocumentReader((JSON.parse(process.argv[2] ?? '{}') as ProcessSetup).limits);

process.on('message', (message: ReadMessage) => {
  void reader
    .read(message)
    .then(
      (text): ReadAnswer => ({ text }),
      (error: unknown): ReadAnswer => ({ error: (error as Error).message }),
    )
    .then((answer) => process.send?.(answer));
});
// Whoever asked is gone.
process.on('disconnect', () => process.exit());
