export { KeyStore } from './key-store.js';
export { KeyStoreModule, makeKeyStore } from './key-store.module.js';
export { StorageKeyStore } from './storage.key-store.js';
