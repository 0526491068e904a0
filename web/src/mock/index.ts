/** A store in memory, for demonstrations and tests: the same core decides, and a ledger holds the points. */
export { createMockClient } from './mock-client.js';
export type { Faults, LedgerEntry, MockClient, MockOptions } from './mock-client.js';
export { createMemberStore } from './member-store.js';
export type { MemberStore, MemberStoreOptions } from './member-store.js';
export { adasYear } from './member-year.js';
export type { MemberYear } from './member-year.js';
