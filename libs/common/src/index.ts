export * from './errors.js';
export * from './ids.js';
export * from './json.js';
export * from './pagination.js';
export * from './random.js';
export * from './time.js';
export { PyFloat } from './python/py-float.js';
export { pythonFloat, pythonJson, pythonQuoted, pythonRepr, pythonStr } from './python/python-text.js';
