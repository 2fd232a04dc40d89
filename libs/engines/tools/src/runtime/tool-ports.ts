import type { Clock } from '#common';
import type { CodeSandbox } from '#engines/sandbox';
import type { PageSummarizer } from '../ports/page-summarizer.port.js';
import type { SpeechModels } from '../ports/speech-models.port.js';
import type { WebPages } from '../ports/web-pages.port.js';

/** All that built-in tools reach outside for, bound to one workspace. A tool whose port is absent fails and says so. */
export interface ToolPorts {
  readonly clock: Clock;
  /** For `code`. */
  readonly sandbox?: CodeSandbox;
  /** For `webscraper`. */
  readonly web?: WebPages;
  /** For summaries of `webscraper`. */
  readonly summarizer?: PageSummarizer;
  /** For `audio`. */
  readonly speech?: SpeechModels;
}
