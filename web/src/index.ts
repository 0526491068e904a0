/** Elements, client and core, without registering anything. Can be imported where there is no page. */
export * from './first.js';
export * from './rewards/index.js';
