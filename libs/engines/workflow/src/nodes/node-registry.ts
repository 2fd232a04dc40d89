import type { NodeType } from './node-type.js';

/** An old name of the aggregator (contract workflow-engine 1.6). */
const ALIASES: ReadonlyMap<string, string> = new Map([['variable-assigner', 'variable-aggregator']]);

/** Knows the kinds of nodes, by type and version. */
export class NodeRegistry {
  private readonly versions = new Map<string, Map<string, NodeType>>();
  private readonly newest = new Map<string, NodeType>();

  constructor(types: readonly NodeType[]) {
    for (const type of types) {
      const versions = this.versions.get(type.type) ?? new Map<string, NodeType>();
      versions.set(type.version, type);
      this.versions.set(type.type, versions);
      const known = this.newest.get(type.type);
      if (known === undefined || Number(type.version) > Number(known.version)) this.newest.set(type.type, type);
    }
  }

  /** The kind of a node, from its `data`. An unknown version is read as the newest one, a missing one as 1. */
  find(data: Record<string, unknown>): NodeType | undefined {
    if (typeof data.type !== 'string') return undefined;
    const name = ALIASES.get(data.type) ?? data.type;
    const version =
      data.version === undefined || data.version === null
        ? '1'
        : typeof data.version === 'string'
          ? data.version
          : JSON.stringify(data.version);
    return this.versions.get(name)?.get(version) ?? this.newest.get(name);
  }

  get types(): readonly NodeType[] {
    return [...this.versions.values()].flatMap((versions) => [...versions.values()]);
  }
}
