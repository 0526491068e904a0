export { loadLoyalty } from './loader.js';
export type { LoaderOptions, Loyalty, LoyaltyErrorCode } from './loader.js';
export { LoyaltyError } from './loader.js';
