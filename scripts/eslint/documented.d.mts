import type { Rule } from 'eslint';

/** ESLint rule: what others use by its name alone is described where it is declared. */
export const documented: Rule.RuleModule;
