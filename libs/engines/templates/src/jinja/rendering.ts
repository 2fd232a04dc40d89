import { Budget, type TemplateLimits } from './budget.js';
import { applyFilter, hasFilter } from './filters/filters.js';
import type { FilterContext } from './filters/filter.js';
import { makeGlobals } from './globals.js';
import { attributeOf, itemOf } from './members.js';
import { PyError } from './py-error.js';
import { hasTest, runTest } from './tests.js';
import { fromJson, orUndefined, type Value } from './values.js';

/** The state of one rendering. */
export class Rendering {
  readonly budget: Budget;
  /** Line of the statement at work, for messages. */
  line = 1;
  /** Whether what is printed is escaped: within `{% autoescape true %}`. */
  escapes = false;
  readonly filterContext: FilterContext;
  private readonly globals: ReadonlyMap<string, Value>;
  private readonly known = new Map<string, Value>();

  constructor(
    private readonly variables: Readonly<Record<string, unknown>>,
    limits: TemplateLimits,
  ) {
    this.budget = new Budget(limits);
    this.globals = makeGlobals(this.budget);
    const { budget } = this;
    this.filterContext = {
      budget,
      attribute: (value, name) => attributeOf(value, name, budget),
      item: (value, key) => itemOf(value, key, budget),
      filter: (name, value, args) => {
        if (!hasFilter(name)) throw new PyError('TemplateRuntimeError', `No filter named '${name}'.`);
        return applyFilter(name, value, args, this.filterContext);
      },
      test: (name, value, args) => {
        if (!hasTest(name)) throw new PyError('TemplateRuntimeError', `No test named '${name}'.`);
        return runTest(name, value, args, { budget, hasFilter });
      },
    };
  }

  /** A variable that was given; made a value of the template when it is first asked for. */
  given(name: string): Value {
    const known = this.known.get(name);
    if (known !== undefined) return known;
    if (!Object.hasOwn(this.variables, name)) return orUndefined(this.globals.get(name), `'${name}' is undefined`);
    const value = fromJson(this.variables[name], this.budget);
    this.known.set(name, value);
    return value;
  }
}
