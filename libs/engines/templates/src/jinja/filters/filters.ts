import { BoundArguments } from '../arguments.js';
import type { Arguments, Value } from '../values.js';
import type { FilterContext, FilterTable } from './filter.js';
import { NUMBER_FILTERS } from './number-filters.js';
import { SERIES_FILTERS } from './series-filters.js';
import { TEXT_FILTERS } from './text-filters.js';

const FILTERS: FilterTable = { ...TEXT_FILTERS, ...NUMBER_FILTERS, ...SERIES_FILTERS };

/** Whether there is a filter of that name. */
export function hasFilter(name: string): boolean {
  return Object.hasOwn(FILTERS, name);
}

/** `value|name(args)`; the filter has to be there. */
export function applyFilter(name: string, value: Value, args: Arguments, context: FilterContext): Value {
  const filter = FILTERS[name] as FilterTable[string];
  if (typeof filter === 'function') return filter(value, args, context);
  const [parameters, apply] = filter;
  return apply(value, BoundArguments.bind(name, parameters, args), context);
}
