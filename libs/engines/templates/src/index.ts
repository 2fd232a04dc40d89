export { parseSelectorTemplate } from './selector-template.js';
export type { TemplatePart } from './selector-template.js';
export { TemplateError } from './templates.errors.js';
export type { TemplateErrorReason } from './templates.errors.js';
export { JinjaEnvironment } from './jinja-environment.js';
export type { JinjaEnvironmentOptions } from './jinja-environment.js';
export { DEFAULT_TEMPLATE_LIMITS } from './jinja/budget.js';
export type { TemplateLimits } from './jinja/budget.js';
