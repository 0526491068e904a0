import { faultOfAmount, wholeNumber } from '../kit/checks.js';

/** Whether anything was typed. */
export const isFilled = (text: string): boolean => text.trim() !== '';

/** A whole number that has been checked. */
export const numberIn = (text: string): number => wholeNumber(text) as number;

/** What is wrong with an amount that has to be above zero; undefined: nothing. */
export function faultOfPositive(text: string, currency: string): string | undefined {
  return faultOfAmount(text, currency) ?? (/[1-9]/.test(text) ? undefined : 'Enter an amount above zero.');
}

/** The same where it may be left empty. */
export const ifFilled = (text: string, check: (text: string) => string | undefined): string | undefined => (isFilled(text) ? check(text) : undefined);
