/** Who asks, in which workspace. */
export interface AppActor {
  tenantId: string;
  accountId: string | null;
  /** Becomes the language of a new app's page. */
  language?: string | null;
}
