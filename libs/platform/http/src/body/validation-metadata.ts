import { getMetadataStorage } from 'class-validator';

type Storage = ReturnType<typeof getMetadataStorage>;
type Found = ReturnType<Storage['getTargetValidationMetadatas']>;
type Grouped = ReturnType<Storage['groupByPropertyName']>;

/**
 * Lets class-validator keep what it found for a class. At every check it looks through all classes of the program for those that are extended,
 * and groups what it found by field, which costs more than the check; decorators have run by then, so the answer stays the same. Can be called
 * again.
 */
export function keepValidationMetadata(): void {
  const storage = getMetadataStorage() as Storage & { keptByBaya?: WeakMap<object, Found> };
  if (storage.keptByBaya !== undefined) return;
  const kept = (storage.keptByBaya = new WeakMap<object, Found>());
  const find = storage.getTargetValidationMetadatas.bind(storage);
  storage.getTargetValidationMetadatas = (type, schema, always, strictGroups, groups) => {
    if (schema || always || strictGroups || groups?.length) return find(type, schema, always, strictGroups, groups);
    let found = kept.get(type);
    if (found === undefined) kept.set(type, (found = find(type, schema, always, strictGroups, groups)));
    return found;
  };
  const keptGroups = new WeakMap<Found, Grouped>();
  const group = storage.groupByPropertyName.bind(storage);
  storage.groupByPropertyName = (found) => {
    let grouped = keptGroups.get(found);
    if (grouped === undefined) keptGroups.set(found, (grouped = group(found)));
    return grouped;
  };
}
