// Refuses a Node that would die without a word at the first database: better-sqlite3 13 needs Node-API 10, and on anything
// older the process crashes instead of throwing.
export function guardNapi(): void {
  if (Number(process.versions['napi']) < 10) {
    throw new Error(`Opening a database needs Node-API 10 (Node 22.14 or newer); this is Node ${process.version}.`);
  }
}
