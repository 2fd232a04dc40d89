/** Where a workspace stands (contract console-accounts 8). */
export type WorkspaceStatus = 'normal' | 'archive';
