/** A store in memory, for demonstrations and tests: the same core decides, and a ledger holds the points. */
export { createMockClient } from './mock-client.js';
export type { Faults, LedgerEntry, MockClient, MockOptions } from './mock-client.js';
