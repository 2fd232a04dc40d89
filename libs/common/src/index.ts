export * from './errors.js';
export * from './ids.js';
export * from './json.js';
export * from './pagination.js';
export * from './random.js';
export * from './time.js';
