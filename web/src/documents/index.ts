/** The documents of a checkout: what goes into the core and what comes out of it. */
export type * from './documents.js';
