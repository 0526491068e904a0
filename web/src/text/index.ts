/** Texts and formats: what is said to shoppers, in their language. */
export { createWords, loadMessages, usableLocale } from './words.js';
export type { Formatters, Words, WordsOptions } from './words.js';
export type { Message, MessageKey, MessageOverrides, Messages } from './messages.js';
export { reasonText, fixText, unlockText, knowsReason } from './reasons.js';
export type { Naming, Reason, WidgetCode } from './reasons.js';
