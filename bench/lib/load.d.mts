/** What a caller saw of one streamed chat. */
export interface SeenChat {
  status: number;
  body: string;
  messageId: string | null;
  conversationId: string | null;
  taskId: string | null;
  answer: string;
  isEnded: boolean;
  error: Record<string, unknown> | null;
  firstMs: number | null;
  failure: string | null;
}
export function streamChat(options: {
  base: string;
  key: string;
  query?: string;
  user?: string;
  conversationId?: string;
  signal?: AbortSignal;
  onFrame?: (event: Record<string, unknown>, seen: SeenChat) => void;
}): Promise<SeenChat>;
