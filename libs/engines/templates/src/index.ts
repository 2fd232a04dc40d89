export { parseSelectorTemplate } from './selector-template.js';
export type { TemplatePart } from './selector-template.js';
export { TemplateError } from './templates.errors.js';
export type { TemplateErrorReason } from './templates.errors.js';
