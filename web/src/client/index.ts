/** How elements talk to a store, and the client for pages that have none. */
export type * from './types.js';
export { createClient, type PreviewClient } from './preview.js';
