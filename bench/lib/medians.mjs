/** One measurement of several of the same shape: the median of every number, the failures of all. */
export function medians(measurements) {
  const [first] = measurements;
  return {
    ...middle(measurements),
    failed: measurements.reduce((total, { failed }) => total + failed, 0),
    errors: measurements.flatMap(({ errors }) => errors),
    ...(first.ofFloor && { ratios: measurements.map(({ ofFloor }) => Number(ofFloor.chats.toFixed(2))) }),
  };
}

function middle(values) {
  const [first] = values;
  if (typeof first === 'number') return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
  if (first === null || typeof first !== 'object' || Array.isArray(first)) return first;
  return Object.fromEntries(Object.keys(first).map((name) => [name, middle(values.map((value) => value[name]))]));
}
