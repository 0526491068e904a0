// Written by `npm run types` from core/base/version.h; changes go there.

/** The version of the core that this facade was built with; the modules must be of the same. */
export const CORE_VERSION = '0.1.0';
