import { Segment, segmentAs, segmentOf } from '../values/segment.js';
import type { SegmentType } from '../values/segment-type.js';
import { CONVERSATION_NODE, ENVIRONMENT_NODE, PIPELINE_NODE, SYSTEM_NODE } from './selector.js';
import type { SecretVault } from './secret-vault.js';
import { VariablePool } from './variable-pool.js';

/** A variable of a workflow with its value. */
export interface DeclaredVariable {
  id?: string;
  name: string;
  type: SegmentType;
  value: unknown;
}

/** What a run begins with. */
export interface RunInputs {
  /** What the caller filled in, by variable; checked against the start node's variables. */
  inputs: Readonly<Record<string, unknown>>;
  /** `sys.*` by name, without the prefix; those that are undefined are left out (contract workflow-engine 3.5). */
  system: Readonly<Record<string, unknown>>;
  /** Secrets with their values: they stay in the run's memory. */
  environment?: readonly DeclaredVariable[];
  conversation?: readonly DeclaredVariable[];
  /** Variables of a pipeline, by node id (or `shared`) and name. */
  pipeline?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** The secrets among the environment variables. */
export function secretsOf({ environment = [] }: RunInputs): ReadonlyMap<string, string> {
  return new Map(environment.filter(({ type }) => type === 'secret').map(({ name, value }) => [name, String(value)]));
}

/** The pool at the start of a run. Throws `TypeMismatchError` for a variable whose value is not of its type. */
export function initialPool(inputs: RunInputs, secrets: SecretVault): VariablePool {
  const pool = new VariablePool();
  for (const [name, value] of Object.entries(inputs.system)) if (value !== undefined) pool.set(SYSTEM_NODE, name, segmentOf(value));
  for (const { name, type, value } of inputs.environment ?? [])
    pool.set(ENVIRONMENT_NODE, name, type === 'secret' ? new Segment('secret', secrets.tokenOf(name)) : segmentAs(type, value));
  for (const { name, type, value } of inputs.conversation ?? []) pool.set(CONVERSATION_NODE, name, segmentAs(type, value));
  for (const [node, variables] of Object.entries(inputs.pipeline ?? {})) pool.set(PIPELINE_NODE, node, segmentOf(variables));
  return pool;
}
