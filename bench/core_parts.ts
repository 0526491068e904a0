// The facade with the parts that a benchmark puts together itself: the core from bytes in memory.
export * from '../web/src/core/index.js';
export { encode, encodedMap } from '../web/src/core/cbor.js';
export { Engine, EnginePool } from '../web/src/core/engine.js';
export { Core } from '../web/src/core/facade.js';
