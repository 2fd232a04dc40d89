/** How the name of a snapshot ends. Where Pyodide puts its functions depends on what WebAssembly can do, and so on the version of Node: another one starts from nothing. */
export const SNAPSHOT_END = `.node${process.versions.node.split('.')[0] ?? ''}.snapshot`;
