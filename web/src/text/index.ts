/** Texts and formats: what is said to shoppers, in their language. */
export { loadAllMessages } from './all-messages.js';
export { createWords, loadMessages, usableLocale } from './words.js';
export type { Formatters, Words, WordsOptions } from './words.js';
export type { Message, MessageKey, MessageOverrides, Messages } from './messages.js';
export { reasonText, fixText, unlockText, knowsReason } from './reasons.js';
export type { Naming, Reason, WidgetCode } from './reasons.js';
