interface Node {
  children: Map<string, Node>;
  parameter: Node | null;
  wildcard: ReadonlySet<string>;
  methods: Set<string>;
}

const node = (): Node => ({ children: new Map(), parameter: null, wildcard: new Set(), methods: new Set() });

/** Which methods a path takes. Asked only when the router found no route: for 405 and for OPTIONS. */
export class RouteTable {
  private readonly root = node();

  /** Adds a route in the router's notation: `/apps/:app_id`, `/files/*`. */
  add(method: string, pattern: string): void {
    let current = this.root;
    for (const segment of segmentsOf(pattern)) {
      if (segment.includes('*')) {
        current.wildcard = new Set([...current.wildcard, method]);
        return;
      }
      current = segment.includes(':') ? (current.parameter ??= node()) : childOf(current, segment);
    }
    current.methods.add(method);
  }

  /** Methods of a path, sorted; none when no route has it. */
  methodsOf(path: string): string[] {
    const found = new Set<string>();
    collect(this.root, segmentsOf(path), 0, found);
    return [...found].sort();
  }
}

const segmentsOf = (path: string): string[] => path.split('/').filter((segment, index) => index > 0 || segment !== '');

function childOf(parent: Node, segment: string): Node {
  let child = parent.children.get(segment);
  if (!child) parent.children.set(segment, (child = node()));
  return child;
}

function collect(current: Node, segments: readonly string[], at: number, found: Set<string>): void {
  for (const method of current.wildcard) found.add(method);
  const segment = segments[at];
  if (segment === undefined) {
    for (const method of current.methods) found.add(method);
    return;
  }
  const child = current.children.get(segment);
  if (child) collect(child, segments, at + 1, found);
  if (current.parameter && segment !== '') collect(current.parameter, segments, at + 1, found);
}
