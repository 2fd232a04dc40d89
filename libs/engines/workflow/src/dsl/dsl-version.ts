import { currentVersionOf, type DslDocument } from './dsl-document.js';

const VERSION =
  /^\s*v?(?<release>\d+(?:\.\d+)*)(?<stage>[-_.]?(?:a|b|c|rc|alpha|beta|pre|preview)[-_.]?\d*)?(?<post>(?:-\d+)|[-_.]?(?:post|rev|r)[-_.]?\d*)?(?<dev>[-_.]?dev[-_.]?\d*)?(?:\+[a-z0-9]+(?:[-_.][a-z0-9]+)*)?\s*$/i;

/** A version that can be compared. */
export interface DslVersion {
  readonly release: readonly number[];
  /** Before the release (-1: a development or test version), the release itself (0), after it (1). */
  readonly stage: -1 | 0 | 1;
}

/** Reads a version as Python packages spell it (PEP 440), epochs left out; undefined when it is none. */
export function parseDslVersion(text: string): DslVersion | undefined {
  const groups = VERSION.exec(text)?.groups;
  if (groups === undefined) return undefined;
  const release = (groups.release ?? '').split('.').map(Number);
  const isEarly = groups.stage !== undefined || (groups.dev !== undefined && groups.post === undefined);
  return { release, stage: isEarly ? -1 : groups.post !== undefined ? 1 : 0 };
}

/** Less than, equal to or greater than zero. Absent numbers count as 0. */
export function compareDslVersions(a: DslVersion, b: DslVersion): number {
  for (let i = 0; i < Math.max(a.release.length, b.release.length); i += 1) {
    const difference = (a.release[i] ?? 0) - (b.release[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.stage - b.stage;
}

/** What is to become of a file: `pending` asks the person who imports it (contract workflow-engine 1.2). */
export type ImportVerdict = 'completed' | 'completed-with-warnings' | 'pending';

/** How a file of a version is imported. Throws for a text that is no version: a parsed document has one. */
export function importVerdict({ version, kind }: Pick<DslDocument, 'version' | 'kind'>): ImportVerdict {
  const imported = versionOf(version);
  const current = versionOf(currentVersionOf(kind));
  if (compareDslVersions(imported, current) > 0) return 'pending';
  if (imported.release[0] !== current.release[0]) return 'pending';
  return (imported.release[1] ?? 0) < (current.release[1] ?? 0) ? 'completed-with-warnings' : 'completed';
}

/** Whether a file is of a version up to the one given. */
export function isUpTo(document: Pick<DslDocument, 'version'>, version: string): boolean {
  return compareDslVersions(versionOf(document.version), versionOf(version)) <= 0;
}

/** The version of a kind of file, and whether a text is one. */
export function isDslVersion(text: string): boolean {
  return parseDslVersion(text) !== undefined;
}

function versionOf(text: string): DslVersion {
  const version = parseDslVersion(text);
  if (version === undefined) throw new TypeError(`${text} is no version`);
  return version;
}

/** The version of a file that names none (contract workflow-engine 1.1). */
export const OLDEST_DSL_VERSION = '0.1.0';
