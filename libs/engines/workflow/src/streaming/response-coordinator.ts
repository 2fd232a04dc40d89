import type { SubGraph } from '../graph/compiled-graph.js';
import { isReservedNode, type Selector } from '../pool/selector.js';
import type { PoolReader } from '../pool/variable-pool.js';
import { renderMarkdown } from '../values/render.js';
import { streamKey, type ResponseSession } from './response-plan.js';

/** What the coordinator asks of the scope it works in. */
export interface CoordinatorScope {
  readonly graph: SubGraph;
  readonly pool: PoolReader;
  isSkipped(node: number): boolean;
  isEdgeTaken(edge: number): boolean;
  /** A piece for the reader, told as coming from this node of the sub-graph. */
  chunk(node: number, selector: Selector, text: string, isFinal: boolean): void;
}

/** Pieces of one variable on their way to the reader. */
interface Stream {
  node: number;
  selector: Selector;
  /** Not shown yet. */
  pieces: string[];
  closed: boolean;
  /** The last, empty piece has been shown. */
  ended: boolean;
}

/** The coordinator's state as JSON. */
export interface EncodedCoordinator {
  /** Sessions in the order they were let in; the first one is being shown. */
  queue: [session: number, position: number][];
  /** Sessions that were let in at some time. */
  activated: number[];
  reached: string[];
  streams: [node: number, name: string, unread: string, closed: boolean, ended: boolean][];
}

/**
 * Puts what nodes produce into the order of the answer: one response node at a time, its parts one after the other, the variables of nodes that
 * still write as they come (contract workflow-engine 5).
 */
export class ResponseCoordinator {
  /** Nodes that are reached over edges that do not block, or were taken: by session; undefined once it was let in. */
  private readonly reached: (Uint8Array | undefined)[];
  private readonly activated: Uint8Array;
  private readonly queue: { session: number; position: number }[] = [];
  private readonly streams = new Map<string, Stream>();

  constructor(private readonly scope: CoordinatorScope) {
    const { sessions } = scope.graph.responses;
    this.activated = new Uint8Array(sessions.length);
    this.reached = sessions.map(() => undefined);
  }

  /** The root of the scope is about to run; a response node that is the root itself is let in. */
  begin(): void {
    this.scope.graph.responses.sessions.forEach((session, index) => {
      if (session.node === 0) this.activate(index);
    });
  }

  /** An edge was taken: sessions that have a free path now are let in, and where one was, what can be shown is shown. */
  edgeTaken(edge: number): void {
    const { sessions } = this.scope.graph.responses;
    let isNew = false;
    for (let index = 0; index < sessions.length; index += 1) {
      if (this.activated[index] === 1) continue;
      const session = sessions[index] as ResponseSession;
      let reached = this.reached[index];
      if (reached === undefined) {
        this.reached[index] = reached = new Uint8Array(this.scope.graph.nodes.length);
        this.spread(session, reached, 0);
      }
      const { source, target } = this.scope.graph.edges[edge] as { source: number; target: number };
      if (reached[source] === 1 && reached[target] === 0) this.spread(session, reached, target);
      if (reached[session.node] !== 1) continue;
      this.activate(index);
      isNew = true;
    }
    if (isNew) this.flush();
  }

  /** A piece of a node's output. */
  stream(node: number, name: string, text: string): void {
    const id = this.scope.graph.nodes[node]?.id as string;
    const key = streamKey(id, name);
    if (!this.scope.graph.responses.shown.has(key)) return;
    let stream = this.streams.get(key);
    if (stream === undefined) this.streams.set(key, (stream = { node, selector: [id, name], pieces: [], closed: false, ended: false }));
    if (stream.closed) return;
    stream.pieces.push(text);
    if (this.isShowing(stream.selector)) this.flush();
  }

  /** No more pieces of this output will come; `flush` shows the end. */
  close(node: number, name: string): void {
    const stream = this.streams.get(streamKey(this.scope.graph.nodes[node]?.id as string, name));
    if (stream) stream.closed = true;
  }

  /** The node failed: pieces nobody has seen are forgotten, and once it is `final`, streams nobody has seen anything of as well. */
  discard(node: number, final: boolean): void {
    for (const [key, stream] of this.streams) {
      if (stream.node !== node) continue;
      stream.pieces = [];
      if (final && !this.isShowing(stream.selector)) this.streams.delete(key);
      else if (final) stream.closed = stream.ended = true;
    }
  }

  /** Shows all that can be shown now. */
  flush(): void {
    for (;;) {
      const active = this.queue[0];
      if (active === undefined) return;
      const session = this.scope.graph.responses.sessions[active.session] as ResponseSession;
      while (active.position < session.template.length) {
        if (!this.showPart(session, active.position)) return;
        active.position += 1;
      }
      this.queue.shift();
    }
  }

  encode(): EncodedCoordinator {
    return {
      queue: this.queue.map(({ session, position }) => [session, position]),
      activated: [...this.activated].flatMap((value, index) => (value === 1 ? [index] : [])),
      reached: this.reached.map((nodes) => (nodes ? nodes.join('') : '')),
      streams: [...this.streams.values()].map((stream) => [
        stream.node,
        stream.selector[1] as string,
        stream.pieces.join(''),
        stream.closed,
        stream.ended,
      ]),
    };
  }

  restore(encoded: EncodedCoordinator): void {
    for (const [session, position] of encoded.queue) this.queue.push({ session, position });
    for (const index of encoded.activated) this.activated[index] = 1;
    encoded.reached.forEach((nodes, index) => {
      if (nodes !== '') this.reached[index] = Uint8Array.from(nodes, Number);
    });
    for (const [node, name, unread, closed, ended] of encoded.streams) {
      const id = this.scope.graph.nodes[node]?.id as string;
      this.streams.set(streamKey(id, name), { node, selector: [id, name], pieces: unread === '' ? [] : [unread], closed, ended });
    }
  }

  private activate(index: number): void {
    this.activated[index] = 1;
    this.reached[index] = undefined;
    this.queue.push({ session: index, position: 0 });
  }

  /** Marks everything reached from a node over edges that do not block this session, or were taken. */
  private spread(session: ResponseSession, reached: Uint8Array, from: number): void {
    const { out, edges } = this.scope.graph;
    const stack = [from];
    reached[from] = 1;
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      for (const edge of out[node] as readonly number[]) {
        const { target } = edges[edge] as { target: number };
        if (reached[target] === 1 || (session.blocking[edge] === 1 && !this.scope.isEdgeTaken(edge))) continue;
        reached[target] = 1;
        stack.push(target);
      }
    }
  }

  private isShowing(selector: Selector): boolean {
    const active = this.queue[0];
    if (active === undefined) return false;
    const part = this.scope.graph.responses.sessions[active.session]?.template[active.position];
    return (
      part !== undefined &&
      'selector' in part &&
      part.selector.length === 2 &&
      part.selector[0] === selector[0] &&
      part.selector[1] === selector[1]
    );
  }

  /** Shows one part, or what there is of it; false when it is not complete. */
  private showPart(session: ResponseSession, position: number): boolean {
    const part = session.template[position] as ResponseSession['template'][number];
    const isLast = position === session.template.length - 1;
    if ('text' in part) {
      const id = this.scope.graph.nodes[session.node]?.id as string;
      this.scope.chunk(session.node, [id, 'answer'], part.text, isLast);
      return true;
    }
    return this.showVariable(session, part.selector, isLast);
  }

  private showVariable(session: ResponseSession, selector: Selector, isLast: boolean): boolean {
    const [nodeId = '', name = ''] = selector;
    const producer = isReservedNode(nodeId) ? undefined : this.scope.graph.indexOf.get(nodeId);
    if (producer !== undefined && this.scope.isSkipped(producer)) return true;
    const stream = selector.length === 2 ? this.streams.get(streamKey(nodeId, name)) : undefined;
    if (stream !== undefined) return this.showStream(stream);
    const segment = this.scope.pool.get(selector);
    if (segment === undefined) return false;
    this.scope.chunk(producer ?? session.node, selector, renderMarkdown(segment), isLast);
    return true;
  }

  private showStream(stream: Stream): boolean {
    const { pieces } = stream;
    if (pieces.length > 0) {
      stream.pieces = [];
      for (const piece of pieces) this.scope.chunk(stream.node, stream.selector, piece, false);
    }
    if (!stream.closed) return false;
    if (!stream.ended) this.scope.chunk(stream.node, stream.selector, '', true);
    stream.ended = true;
    return true;
  }
}
