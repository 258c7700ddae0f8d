// vitest's global setup: refuses a Node that would die without a word at the first database. better-sqlite3 13 needs
// Node-API 10 and crashes the process on anything older instead of throwing.
export default function guardRuntime(): void {
  if (Number(process.versions['napi']) < 10) {
    throw new Error(
      `These tests open databases and need Node-API 10 (Node 22.18 or newer); this is Node ${process.version}. Run them with npm or npx.`,
    );
  }
}
