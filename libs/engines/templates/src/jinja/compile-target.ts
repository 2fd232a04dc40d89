import type { Frame } from './frame.js';
import { PyError, valueError } from './py-error.js';
import type { Target } from './syntax/ast.js';
import { listOf, Thing, type Value } from './values.js';

/** How a value gets to its target. */
export function compileTarget(target: Target): (frame: Frame, value: Value) => void {
  switch (target.kind) {
    case 'name':
      return (frame, value) => frame.set(target.name, value);
    case 'attribute':
      return (frame, value) => {
        const thing = frame.get(target.name);
        if (!(thing instanceof Thing) || !thing.setAttribute)
          throw new PyError('TemplateRuntimeError', 'cannot assign attribute on non-namespace object');
        thing.setAttribute(target.attribute, value);
      };
    case 'tuple': {
      const items = target.items.map(compileTarget);
      return (frame, value) => {
        const values = listOf(value, frame.rendering.budget);
        if (values.length > items.length) throw valueError(`too many values to unpack (expected ${String(items.length)})`);
        if (values.length < items.length)
          throw valueError(`not enough values to unpack (expected ${String(items.length)}, got ${String(values.length)})`);
        items.forEach((assign, i) => assign(frame, values[i] as Value));
      };
    }
  }
}
