/** A variable that a chatflow keeps with a conversation. */
export class ConversationVariableResponse {
  /** Id to change it by. */
  id: string;
  /**
   * Name within the conversation.
   * @example memo
   */
  name: string;
  /**
   * Type of its value.
   * @example string
   */
  value_type: string;
  /** Its value as text. @example "remember the milk" */
  value: string;
  /** What it is for. @example "What to remember" */
  description: string | null;
  /** Seconds since the epoch. */
  created_at: number;
  /** Seconds since the epoch. */
  updated_at: number;
}

/** A slice of a conversation's variables. */
export class ConversationVariablesResponse {
  /**
   * Items asked for.
   * @example 20
   */
  limit: number;
  /** Whether more follow. */
  has_more: boolean;
  /** Variables, oldest first. */
  data: ConversationVariableResponse[];
}
