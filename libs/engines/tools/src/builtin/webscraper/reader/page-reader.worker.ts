import { parentPort, workerData } from 'node:worker_threads';
import { readPage } from './read-page.js';

// Each page it posts is better than the one before; its end is the end of the thread.
for (const page of readPage(workerData as string)) parentPort?.postMessage(page);
