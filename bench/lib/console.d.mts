export class Console {
  constructor(base: string);
  readonly base: string;
  call<T = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<T>;
  signIn(owner?: { email: string; name: string; password: string }): Promise<this>;
  addModel(mock: string, model?: string): Promise<void>;
  createApp(mode: 'chat' | 'completion', options?: { name?: string; model?: string }): Promise<{ id: string; key: string }>;
}
