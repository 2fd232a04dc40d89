import { parentPort, workerData } from 'node:worker_threads';
import { LocalDocumentReader } from '../local-document-reader.js';
import type { ReadAnswer, ReadMessage, ThreadSetup } from './thread-messages.js';

/** Reads one document after the other for a `ReadingThread`, which ends the thread when one takes too long. */
const reader = new LocalDocumentReader((workerData as ThreadSetup).limits);

parentPort?.on('message', (message: ReadMessage) => {
  void reader
    .read(message)
    .then(
      (text): ReadAnswer => ({ text }),
      (error: unknown): ReadAnswer => ({ error: (error as Error).message }),
    )
    .then((answer) => parentPort?.postMessage(answer));
});
