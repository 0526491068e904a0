// Written by `npm run types` from package.json; changes go there.

/** The version of the elements. */
export const VERSION = '0.1.0';
