/**
 * JavaScript's side of the bridge, evaluated first in every new context. It gives the code a console and timers, says clearly what is not
 * there, and returns the functions that the host calls; they hold on to the built-ins as they are now, whatever the code does to them.
 */
export const JAVASCRIPT_PRELUDE = `(function (print, pause, outputLimit) {
  'use strict';
  const { parse, stringify } = JSON;
  const { defineProperty, is } = Object;
  const apply = Reflect.apply;
  const NativePromise = Promise;
  const { then } = Promise.prototype;
  const { push, shift, map, join, sort } = Array.prototype;
  const { slice } = String.prototype;
  const text = String;
  const now = Date.now;

  function show(value) {
    if (typeof value === 'string') return value;
    if (value instanceof Error) return value.stack ? text(value) + '\\n' + value.stack : text(value);
    if (typeof value === 'object' && value !== null) {
      try { return stringify(value) ?? text(value); } catch { return text(value); }
    }
    return typeof value === 'bigint' ? text(value) + 'n' : text(value);
  }
  const log = (...values) => print(apply(slice, apply(join, apply(map, values, [show]), [' ']) + '\\n', [0, outputLimit + 1]));

  let timers = [];
  let lastTimer = 0;
  function addTimer(callback, delay, values, every) {
    if (typeof callback !== 'function') throw new TypeError('The callback of a timer must be a function');
    const wait = delay > 0 ? +delay : 0;
    const timer = { id: ++lastTimer, at: now() + wait, callback, values, every: every ? (wait > 1 ? wait : 1) : null };
    apply(push, timers, [timer]);
    return timer.id;
  }
  function dropTimer(id) {
    timers = timers.filter((timer) => timer.id !== id);
  }
  function runNextTimer() {
    if (timers.length === 0) return false;
    apply(sort, timers, [(a, b) => a.at - b.at || a.id - b.id]);
    const timer = apply(shift, timers, []);
    const rest = timer.at - now();
    if (rest > 0) pause(rest);
    if (timer.every !== null) {
      timer.at = now() + timer.every;
      apply(push, timers, [timer]);
    }
    apply(timer.callback, undefined, timer.values);
    return true;
  }

  const absent = (name, why) => () => { throw new Error(name + ' is not available in the code sandbox: ' + why); };
  const noNetwork = 'it has no network. Fetch with an HTTP request node and pass its result in.';
  const globals = {
    console: { log, info: log, warn: log, error: log, debug: log },
    setTimeout: (callback, delay, ...values) => addTimer(callback, delay, values, false),
    setInterval: (callback, delay, ...values) => addTimer(callback, delay, values, true),
    setImmediate: (callback, ...values) => addTimer(callback, 0, values, false),
    clearTimeout: dropTimer,
    clearInterval: dropTimer,
    clearImmediate: dropTimer,
    fetch: absent('fetch', noNetwork),
    require: absent('require', 'it has no modules. Use what the language itself has.'),
  };
  for (const name in globals) defineProperty(globalThis, name, { value: globals[name], writable: true, configurable: true });

  function describe(error) {
    const isError = typeof error === 'object' && error !== null && 'message' in error;
    return stringify({
      type: isError ? text(error.name) : 'Error',
      message: isError ? text(error.message) : show(error),
      stack: isError && typeof error.stack === 'string' ? error.stack : '',
    });
  }
  const outcome = { state: 'pending', text: '' };
  const fail = (state, value) => { outcome.state = state; outcome.text = value; };
  function settle(value) {
    let json;
    try {
      json = stringify(value);
    } catch (error) {
      return fail('result', show(error && error.message));
    }
    if (json === undefined) return fail('result', value === undefined ? 'undefined' : 'a value of type ' + typeof value);
    fail('done', json);
  }
  function start(main, inputs) {
    const value = main(parse(inputs));
    if (value instanceof NativePromise) apply(then, value, [settle, (error) => fail('failed', describe(error))]);
    else settle(value);
  }
  return { start, runNextTimer, describe, state: () => outcome.state, text: () => outcome.text };
})`;
