import type { RoleRule } from './access.js';
import type { Role } from './principals.js';

const ALLOWED: Readonly<Record<RoleRule, ReadonlySet<Role>>> = {
  any: new Set<Role>(['owner', 'admin', 'editor', 'normal', 'dataset_operator']),
  edit: new Set<Role>(['owner', 'admin', 'editor']),
  admin: new Set<Role>(['owner', 'admin']),
  owner: new Set<Role>(['owner']),
  dataset_edit: new Set<Role>(['owner', 'admin', 'editor', 'dataset_operator']),
};

/** Whether a role may call routes of a rule (contract console-accounts 9). */
export const isRoleAllowed = (rule: RoleRule, role: Role): boolean => ALLOWED[rule].has(role);
