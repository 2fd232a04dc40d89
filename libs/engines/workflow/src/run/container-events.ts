import type { ContainerEvent, ContainerFinished, ContainerNext, ContainerStarted, ScopeInfo } from './events.js';

type Place = Pick<ContainerStarted, 'scope' | 'executionId' | 'nodeId' | 'nodeType' | 'title'>;

/** Names the events of a container, and the fields that carry its scope. */
export type ContainerKind = 'iteration' | 'loop';

/** The scope of a round inside another scope; the nearest iteration and the nearest loop are both named. */
export function roundScope(outer: ScopeInfo, kind: ContainerKind, nodeId: string, index: number): ScopeInfo {
  const path = `${outer.path === '' ? '' : `${outer.path}/`}${nodeId}:${index}`;
  // Added after a spread, each round's scope had hidden classes of its own in Node 20 (ADR 0018).
  return Object.assign(
    {},
    outer,
    kind === 'iteration' ? { path, iterationId: nodeId, iterationIndex: index } : { path, loopId: nodeId, loopIndex: index },
  );
}

/** Completes what a container says. */
export function containerEvent(
  place: Place,
  kind: ContainerKind,
  startedAt: number,
  at: number,
  event: ContainerEvent,
): ContainerStarted | ContainerNext | ContainerFinished {
  switch (event.type) {
    case 'started':
      return { type: 'container_started', kind, ...place, inputs: event.inputs, metadata: event.metadata, at };
    case 'next':
      return { type: 'container_next', kind, ...place, index: event.index, at };
    case 'finished': {
      const { total_tokens: tokens } = event.metadata;
      return {
        type: 'container_finished',
        kind,
        ...place,
        status: event.status,
        inputs: event.inputs,
        outputs: event.outputs,
        metadata: event.metadata,
        steps: event.steps,
        error: event.error ?? null,
        totalTokens: typeof tokens === 'number' ? tokens : 0,
        startedAt,
        at,
      };
    }
  }
}
