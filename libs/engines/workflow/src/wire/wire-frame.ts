/** One event as readers of Dify's streams get it (contract workflow-engine 9): names and shapes of the wire. Ready for JSON. */
export interface WireFrame extends Readonly<Record<string, unknown>> {
  /** `workflow_started`, `node_finished`, `message`, ... */
  readonly event: string;
}

/** What every frame of a run says of it. */
export interface WireFacts {
  /** A workflow answers with its outputs, a chatflow with a message. */
  readonly mode: 'workflow' | 'advanced-chat';
  readonly taskId: string;
  readonly runId: string;
  readonly workflowId: string;
  /** Both null for workflows. */
  readonly conversationId: string | null;
  readonly messageId: string | null;
  /** `created_by` of the run: `{id, user}` of an end user, `{id, name, email}` of an account. */
  readonly createdBy: Readonly<Record<string, unknown>>;
  /** What the run was started with: user inputs by name, system variables as `sys.<name>`. */
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** The reason to stop a run with when a person asked for it; readers are told "Stopped by user." (contract workflow-engine 4.7, 9.3). */
export const STOPPED_BY_USER = 'User requested stop';
