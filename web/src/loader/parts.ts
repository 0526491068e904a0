/** What the loader fetches at once: the elements and the core, without what only talks to stores. */
export { CORE_VERSION, loadCore } from '../core/index.js';
export { defineElements } from '../define-elements.js';
export { VERSION } from '../version.js';
