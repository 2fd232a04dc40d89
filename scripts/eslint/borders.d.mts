import type { Rule } from 'eslint';

/** Why `file` must not import `specifier`; undefined when it may. */
export function violation(file: string, specifier: string, isTypeOnly: boolean): string | undefined;
/** ESLint rule: imports follow the arrows of docs/architecture/overview.md. */
export const borders: Rule.RuleModule;
