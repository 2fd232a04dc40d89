import { getMetadataStorage } from 'class-validator';

type Storage = ReturnType<typeof getMetadataStorage>;
type Target = Parameters<Storage['getTargetValidationMetadatas']>[0];

/**
 * Lets class-validator keep what it found for a class. At every check it looks through all classes of the program for those that are extended,
 * and groups what it found by field, which costs more than the check; decorators have run by then, so the answer stays the same. Can be called
 * again.
 */
export function keepValidationMetadata(): void {
  const storage = getMetadataStorage() as Storage & { isKeptByBaya?: true };
  if (storage.isKeptByBaya) return;
  storage.isKeptByBaya = true;
  const find = storage.getTargetValidationMetadatas.bind(storage);
  const found = kept((type: Target) => find(type, '', false, false));
  storage.getTargetValidationMetadatas = (type, schema, always, strictGroups, groups) =>
    schema || always || strictGroups || groups?.length ? find(type, schema, always, strictGroups, groups) : found(type);
  storage.groupByPropertyName = kept(storage.groupByPropertyName.bind(storage));
}

function kept<K extends object, V>(make: (key: K) => V): (key: K) => V {
  const values = new WeakMap<K, V>();
  return (key) => {
    let value = values.get(key);
    if (value === undefined) values.set(key, (value = make(key)));
    return value;
  };
}
