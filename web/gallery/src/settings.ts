import { CURRENCIES, type Currency, PROGRAMS, type ProgramId, THEMES, type Theme } from '../../demo/src/address.js';
import { LANGUAGES, type Language } from '../../demo/src/texts.js';
import type { Layout } from '../../src/checkout/index.js';

export const LAYOUTS: readonly Layout[] = ['panel', 'compact', 'inline'];

/** What the address asks for. Without `state` it is the index of all. */
export interface Settings {
  readonly state: string | null;
  readonly program: ProgramId;
  readonly currency: Currency;
  readonly locale: Language;
  readonly theme: Theme | 'none';
  readonly layout: Layout;
  /** Width of the element in pixels; null: as wide as the page lets it be. */
  readonly width: number | null;
  /** The store's clock, so that pictures can be taken again. */
  readonly now: string;
  /** Nothing but the element, for tests and pictures. */
  readonly bare: boolean;
}

const NOW = '2025-11-20T10:00:00Z';

function oneOf<T extends string>(value: string | null, values: readonly T[], otherwise: T): T {
  return values.find((one) => one === value) ?? otherwise;
}

export function readSettings(search: string): Settings {
  const given = new URLSearchParams(search);
  const width = Number(given.get('width'));
  const now = given.get('now');
  return {
    state: given.get('state'),
    program: oneOf(given.get('program'), PROGRAMS, 'fashion'),
    currency: oneOf(given.get('currency'), CURRENCIES, 'USD'),
    locale: oneOf(given.get('locale'), LANGUAGES, 'en'),
    theme: oneOf(given.get('theme'), [...THEMES, 'none'] as const, 'auto'),
    layout: oneOf(given.get('layout'), LAYOUTS, 'panel'),
    width: Number.isInteger(width) && width >= 200 && width <= 2000 ? width : null,
    now: now !== null && !Number.isNaN(Date.parse(now)) ? now : NOW,
    bare: given.has('bare'),
  };
}

/** The address of other settings; what goes without saying is left out. */
export function addressOf(settings: Settings): string {
  const usual = readSettings('');
  const parts = Object.entries(settings).flatMap(([name, value]) => {
    if (value === null || value === false || value === usual[name as keyof Settings]) return [];
    return [`${name}=${value === true ? '1' : encodeURIComponent(String(value)).replaceAll('%3A', ':')}`];
  });
  return parts.length === 0 ? './' : `?${parts.join('&')}`;
}
